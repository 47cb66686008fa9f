import type { z } from 'zod'
import type { Read } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { isEnough, isRight } from './questions.rules.ts'
import type { takeTest } from './studies.contract.ts'
import { studyPlanLifecycle } from './studies.lifecycle.ts'
import { findUnit, questionsOf, type StoredQuestion, type StoredUnit } from './units.store.ts'

type Answers = z.output<typeof takeTest.body>['answers']
type Result = z.output<(typeof takeTest)['reply']>

/** Judges a self-test: as many questions as are asked, each once, all of this unit. Throws when some are not answered. */
export function judgedTest(unit: StoredUnit, bank: readonly StoredQuestion[], answers: Answers): Result {
  const known = new Map(bank.map((one) => [one.id, one]))
  const given = new Map(answers.filter(({ chosen }) => chosen.length > 0).map((one) => [one.questionId, one.chosen]))
  const judged = [...given].flatMap(([questionId, chosen]) => {
    const one = known.get(questionId)
    return one
      ? [{ questionId, correct: isRight(one.right, chosen), right: one.right, explanation: one.explanation ?? null }]
      : []
  })
  const asked = Math.min(unit.asked, bank.length)
  if (judged.length < asked)
    throw new Problem('learning.study_answers_incomplete', { detail: `共 ${asked} 题，答了 ${judged.length} 题，请答完再交。` })
  const wrong = judged.filter(({ correct }) => !correct).length
  const done = isEnough(judged.length - wrong, judged.length, unit.rightShare)
  return { done, sentence: done ? '这个单元学完了。' : `有 ${wrong} 题要再看看，看完解析可以重做。`, answers: judged }
}

/** The judgement alone, where it can be given without an act; null leaves it to the act, which refuses with the reason. */
export async function triedTest(read: Read, id: string, answers: Answers): Promise<Result | null> {
  const unit = await findUnit(read, id)
  if (!unit || !studyPlanLifecycle[unit.state].test) return null
  return judgedTest(unit, await questionsOf(read, unit.no), answers)
}
