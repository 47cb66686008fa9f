import { z } from 'zod'
import { action } from '../../../kernel/actions/action.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { answerKinds, answerQuestion, type AnswerKind } from './questions.contract.ts'
import { questionLifecycle, questionStates } from './questions.lifecycle.ts'
import { changedSince, findQuestion, keepAnswer, type StoredQuestion } from './questions.store.ts'
import type { Read } from '../../../kernel/database/handles.ts'

/** Whoever says that a record was changed has changed one. */
async function checkClaim(read: Read, question: StoredQuestion, kind: AnswerKind): Promise<void> {
  if (kind !== 'corrected' && kind !== 'withdrawn') return
  if (await changedSince(read, question, kind)) return
  const code = kind === 'corrected' ? 'orglife.record_not_corrected' : 'orglife.record_not_withdrawn'
  const message = kind === 'corrected' ? '请先更正会议记录，再选这一项。' : '请先撤回误记的会议，再选这一项。'
  throw new Problem(code, { errors: [{ field: 'kind', message }] })
}

export const answerQuestionAction = action({
  name: 'orglife.question.answer',
  input: z.object({ id: z.string() }).extend(answerQuestion.body.shape),
  touches: async (work, { id }) => {
    const question = await findQuestion(work.tx, id)
    if (!question) throw new Problem('orglife.question_not_found')
    return [question.organizationNo]
  },
  run: async (work, { id, kind, text }) => {
    const question = await findQuestion(work.tx, id)
    if (!question) throw new Problem('orglife.question_not_found')
    if (!work.actor.writeOrganizations.includes(question.organizationNo)) throw new Problem('orglife.question_not_yours')
    if (!questionLifecycle[question.state].answer)
      throw new Problem('kernel.not_allowed_now', { detail: `这个问题${questionStates[question.state]}，不用再答。` })
    await checkClaim(work.tx, question, kind)
    if (!(await keepAnswer(work, question, { kind, text }))) throw new Problem('kernel.changed_meanwhile')
    return { reply: { id }, objects: [{ kind: 'question', id }], fields: { kind: answerKinds[kind], text } }
  },
})
