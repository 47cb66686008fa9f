import { Readable } from 'node:stream'
import { z } from 'zod'
import { Problem } from '../../../kernel/errors/problem.ts'
import { type Call, downloadRoute, type Route, route, uploadRoute } from '../../../kernel/http/route.ts'
import { changeDraftAction, discardDraftAction, startDraftAction } from './drafts.actions.ts'
import * as contract from './drafts.contract.ts'
import './drafts.policy.ts'
import { draftsAsked, draftShown, mistakesNow, draftOf } from './drafts.queries.ts'
import { publishedDocuments } from './editions.queries.ts'
import { changeTextAction, importRulebookAction } from './import.actions.ts'
import { compared, textOf } from './compare.queries.ts'
import { endRequirementAction, endRulebookAction, switchRequirementAction } from './end.actions.ts'
import { publishRulebookAction } from './publish.actions.ts'
import * as publishing from './publishing.contract.ts'
import { rehearseDraft } from './rehearse.jobs.ts'
import { rulebookText } from './rulebook-text.rules.ts'

const edit = 'rulebook.rule.edit'
/** One byte more than may be, so that what is too large is told from what is not. */
const largest = 256 * 1024

const asText = z.strictObject({
  fileName: z.string().trim().min(1).max(200).default('制度.yaml'),
  text: z.string().max(largest + 1),
})

async function bytesOf(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > largest) throw new Problem('kernel.too_large', { detail: '文件超过 256 KB，请拆成几个文件，每份制度一个。' })
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** The file as text, from a form with a file or from JSON with the text itself. */
async function fileGiven({ body, upload }: Call<unknown, unknown, unknown>): Promise<z.output<typeof asText>> {
  if (typeof body === 'object' && body !== null && Object.keys(body).length > 0) {
    const given = asText.safeParse(body)
    if (given.success) return given.data
    const errors = given.error.issues.map((issue) => ({ field: issue.path.join('.'), message: issue.message }))
    throw new Problem('kernel.invalid_input', { errors })
  }
  const file = await upload()
  const bytes = await bytesOf(file.stream)
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return { fileName: file.name.slice(0, 200) || '制度.yaml', text }
  } catch {
    throw new Problem('rulebook.file_refused', {
      errors: [{ field: '', line: 1, message: '文件不是 UTF-8 文字，请另存为 UTF-8 编码的 YAML 文件再导入。' }],
    })
  }
}

const reads: readonly Route[] = [
  route(contract.listDrafts, { permission: edit, handle: ({ read, query }) => read((db) => draftsAsked(db, query)) }),
  route(contract.showDraft, { permission: edit, handle: ({ read, params }) => read((db) => draftShown(db, params.id)) }),
  route(contract.listDraftMistakes, {
    permission: edit,
    handle: ({ read, params }) =>
      read(async (db) => {
        const draft = await draftOf(db, params.id)
        return { version: draft.version, items: mistakesNow(draft, await publishedDocuments(db)) }
      }),
  }),
  route(publishing.compareRulebooks, {
    permission: 'rulebook.rule.read',
    handle: ({ read, params, query }) => read((db) => compared(db, { id: params.id, with: query.with })),
  }),
  downloadRoute(publishing.exportRulebook, {
    permission: 'rulebook.rule.read',
    handle: async ({ read, params }) => {
      const text = await read((db) => textOf(db, params.id))
      return {
        name: `${text.title || '制度'}.yaml`,
        mediaType: 'application/yaml; charset=utf-8',
        stream: Readable.from([rulebookText(text.body)]),
      }
    },
  }),
]

const writes: readonly Route[] = [
  route(contract.startDraft, { permission: edit, handle: ({ body, perform }) => perform(startDraftAction, body) }),
  uploadRoute(contract.importRulebook, {
    permission: 'rulebook.rule.import',
    handle: async (call) => call.perform(importRulebookAction, await fileGiven(call)),
  }),
  route(contract.changeHead, {
    permission: edit,
    handle: ({ params, body, perform }) =>
      perform(changeDraftAction, { id: params.id, version: body.version, change: { what: 'head', head: body.head } }),
  }),
  route(contract.changeClause, {
    permission: edit,
    handle: ({ params, body, perform }) =>
      perform(changeDraftAction, {
        id: params.id,
        version: body.version,
        change: {
          what: 'part',
          section: 'clauses',
          code: params.code,
          part: body.clause,
          ...(body.position !== undefined && { position: body.position }),
        },
      }),
  }),
  route(contract.removeClause, {
    permission: edit,
    handle: ({ params, query, perform }) =>
      perform(changeDraftAction, {
        id: params.id,
        version: query.version,
        change: { what: 'removed', section: 'clauses', code: params.code },
      }),
  }),
  route(contract.changeRequirement, {
    permission: edit,
    handle: ({ params, body, perform }) =>
      perform(changeDraftAction, {
        id: params.id,
        version: body.version,
        change: { what: 'part', section: 'requirements', code: params.code, part: body.requirement },
      }),
  }),
  route(contract.removeRequirement, {
    permission: edit,
    handle: ({ params, query, perform }) =>
      perform(changeDraftAction, {
        id: params.id,
        version: query.version,
        change: { what: 'removed', section: 'requirements', code: params.code },
      }),
  }),
  route(contract.changeTightens, {
    permission: edit,
    handle: ({ params, body, perform }) =>
      perform(changeDraftAction, {
        id: params.id,
        version: body.version,
        change: { what: 'list', section: 'tightens', list: body.tightens },
      }),
  }),
  route(contract.changeTags, {
    permission: edit,
    handle: ({ params, body, perform }) =>
      perform(changeDraftAction, {
        id: params.id,
        version: body.version,
        change: { what: 'list', section: 'tags', list: body.tags },
      }),
  }),
  route(contract.changeText, {
    permission: edit,
    handle: ({ params, body, perform }) => perform(changeTextAction, { ...body, id: params.id }),
  }),
  route(contract.discardDraft, {
    permission: 'rulebook.rule.discard',
    handle: ({ params, body, perform }) => perform(discardDraftAction, { ...body, id: params.id }),
  }),
]

const publishes: readonly Route[] = [
  route(publishing.rehearseRulebook, {
    permission: 'rulebook.rule.rehearse',
    handle: ({ params, body, platform, actor, requestId }) =>
      rehearseDraft(platform, { actor, requestId, idempotencyKey: null }, { ...body, id: params.id }),
  }),
  route(publishing.publishRulebook, {
    permission: 'rulebook.rule.publish',
    handle: ({ params, body, perform }) => perform(publishRulebookAction, { ...body, id: params.id }),
  }),
  route(publishing.endRulebook, {
    permission: 'rulebook.rule.end',
    handle: ({ params, body, perform }) => perform(endRulebookAction, { ...body, id: params.id }),
  }),
  route(publishing.endRequirement, {
    permission: 'rulebook.rule.end',
    handle: ({ params, body, perform }) => perform(endRequirementAction, { ...body, code: params.code }),
  }),
  route(publishing.switchRequirement, {
    permission: 'rulebook.rule.switch',
    handle: ({ params, body, perform }) => perform(switchRequirementAction, { ...body, code: params.code }),
  }),
]

/** Everything that is done with rules as data. */
export const draftsRoutes: readonly Route[] = [...reads, ...writes, ...publishes]
