import { z } from 'zod'
import { action, type Work } from '../../../kernel/actions/action.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import type { RulebookFile } from '../documents/rulebook-file.contract.ts'
import { parseRulebookFile } from '../documents/rulebook-file.rules.ts'
import { checkMeasures } from '../documents/rulebook-measures.queries.ts'
import type { RulebookMistake } from '../documents/rulebook-source.rules.ts'
import { plainBody } from './body.rules.ts'
import { mistakesBeside } from './draft-mistakes.rules.ts'
import { atTheTop, keepDraft, openDraft } from './drafts.actions.ts'
import { changeText } from './drafts.contract.ts'
import './drafts.policy.ts'
import { savedNow } from './drafts.queries.ts'
import { insertDraft } from './drafts.store.ts'
import { publishedDocuments } from './editions.queries.ts'

function refused(mistakes: readonly RulebookMistake[]): Problem {
  return new Problem('rulebook.file_refused', {
    detail: `文件里有 ${mistakes.length} 处要改正，没有载入任何内容。请逐处改正后再导入。`,
    errors: mistakes.map(({ line, path, message }) => ({ field: path, line, message: `第 ${line} 行：${message}` })),
  })
}

/** A file as a document of its own, beside those that are published; throws with every mistake, each with its line. */
async function fileRead(work: Work, text: string, fileName: string): Promise<RulebookFile> {
  const parsed = parseRulebookFile(text, fileName)
  if (!parsed.ok) throw refused(parsed.mistakes)
  const published = await publishedDocuments(work.tx)
  const others = published.filter(({ code }) => code !== parsed.rulebook.document.code)
  const mistakes = mistakesBeside(parsed, others, checkMeasures)
  if (mistakes.length > 0) throw refused(mistakes)
  return parsed.rulebook
}

/** Takes a file in as a draft, whole or not at all: of the document that has its code, or of a new one. */
export const importRulebookAction = action({
  name: 'rulebook.rule.import',
  input: z.object({ fileName: z.string().max(200), text: z.string() }),
  touches: atTheTop,
  run: async (work, { fileName, text }) => {
    const file = await fileRead(work, text, fileName)
    const { code, title } = file.document
    const published = (await publishedDocuments(work.tx)).find((one) => one.code === code)
    const id = await insertDraft(
      work.tx,
      { documentNo: published?.no ?? null, baseEdition: published?.edition ?? null, origin: 'import', body: plainBody(file) },
      { by: work.actor.accountNo, at: work.now },
    )
    return {
      reply: { ...(await savedNow(work.tx, id)), code, title, rulebook: published?.id ?? null },
      objects: [{ kind: 'rulebook_draft', id }],
      fields: { code, fileName },
    }
  },
})

/** Puts a whole text in place of a draft's; a text with mistakes changes nothing. */
export const changeTextAction = action({
  name: 'rulebook.rule.edit',
  input: changeText.body.extend({ id: z.string() }),
  touches: atTheTop,
  run: async (work, { id, version, text }) => {
    const draft = await openDraft(work, id, version)
    const body = plainBody(await fileRead(work, text, '草稿文本'))
    return keepDraft(work, draft, { body, what: '以文本替换全稿' })
  },
})
