import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Problem } from '../../../kernel/errors/problem.ts'
import { fileStore } from '../../../kernel/files/file-store.ts'
import { downloadRoute, type Route, route, uploadRoute } from '../../../kernel/http/route.ts'
import { compareNumbers } from '../../../kernel/papers/paper-compare.ts'
import { readPaper } from '../../../kernel/papers/paper-reader.ts'
import { paperType, writePaper } from '../../../kernel/papers/paper-writer.ts'
import * as acts from './papers.actions.ts'
import './papers.policy.ts'
import * as contract from './papers.contract.ts'
import { offersAsked, paperAsked, papersAsked } from './papers.queries.ts'
import { writtenOf } from './papers.rules.ts'
import { findPaper, type StoredPaper } from './papers.store.ts'

const found = (paper: StoredPaper | null): StoredPaper => {
  if (!paper) throw new Problem('supervision.paper_not_found')
  return paper
}

/** The file as it stands: an issued one as it was kept, a draft or a withdrawn one with that said on each page. */
async function fileOf(paper: StoredPaper, original: boolean): Promise<Readable> {
  if (paper.fileSha256 !== null && (paper.state === 'issued' || original)) return fileStore().get(paper.fileSha256)
  return Readable.from([await writePaper(writtenOf(paper))])
}

/** Both files are read from a folder that is gone afterwards; nothing of the upload is kept. */
async function compared(original: Readable, edited: Readable) {
  const folder = await mkdtemp(path.join(tmpdir(), 'biaoshuai-paper-'))
  try {
    const [was, is] = [path.join(folder, 'issued.docx'), path.join(folder, 'edited.docx')]
    await pipeline(original, createWriteStream(was, { mode: 0o600 }))
    await pipeline(edited, createWriteStream(is, { mode: 0o600 }))
    const places = await readPaper(is)
    return { differences: compareNumbers(await readPaper(was), places), compared: places.length }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

export const papersRoutes: readonly Route[] = [
  route(contract.listPapers, {
    permission: 'supervision.paper.read',
    handle: ({ query, read }) => read((db) => papersAsked(db, query)),
  }),
  route(contract.offeredPapers, {
    permission: 'supervision.paper.draft',
    handle: ({ query, read, actor, platform }) =>
      read((db) => offersAsked(db, { kind: query.objectKind, id: query.objectId }, { actor, today: platform.clock.today() })),
  }),
  route(contract.showPaper, {
    permission: 'supervision.paper.read',
    handle: ({ params, read, actor, platform }) =>
      read((db) => paperAsked(db, params.id, { actor, today: platform.clock.today() })),
  }),
  downloadRoute(contract.paperFile, {
    permission: 'supervision.paper.read',
    handle: async ({ params, query, read }) => {
      const paper = found(await read((db) => findPaper(db, params.id)))
      const name = `${paper.number ?? '草稿'} ${paper.title}.docx`
      return { name, mediaType: paperType, stream: await fileOf(paper, query.issued === 'yes') }
    },
  }),
  route(contract.draftPaper, {
    permission: 'supervision.paper.draft',
    handle: ({ body, perform }) => perform(acts.draftAction, body),
  }),
  route(contract.issuePaper, {
    permission: 'supervision.paper.issue',
    handle: ({ params, body, perform }) => perform(acts.issueAction, { ...params, ...body }),
  }),
  route(contract.withdrawPaper, {
    permission: 'supervision.paper.withdraw',
    handle: ({ params, body, perform }) => perform(acts.withdrawAction, { ...params, ...body }),
  }),
  uploadRoute(contract.comparePaper, {
    permission: 'supervision.paper.read',
    handle: async ({ params, read, upload }) => {
      const paper = found(await read((db) => findPaper(db, params.id)))
      if (paper.fileSha256 === null) throw new Problem('supervision.paper_not_issued')
      const { stream } = await upload()
      return compared(await fileStore().get(paper.fileSha256), stream)
    },
  }),
]
