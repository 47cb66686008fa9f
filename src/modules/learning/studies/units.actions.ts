import { action, type Work } from '../../../kernel/actions/action.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { factsChanged } from '../../rulebook/index.ts'
import { homeOf } from '../hours/study-records.store.ts'
import { ofUnit, replaceQuestions, takeTest } from './studies.contract.ts'
import { about, after } from './studies.actions.ts'
import { judgedTest } from './test.queries.ts'
import { findUnit, noteDone, questionsOf, type StoredUnit, writeQuestions } from './units.store.ts'

async function unitOf(work: Work, id: string): Promise<StoredUnit> {
  const held = await findUnit(work.tx, id)
  if (!held) throw new Problem('learning.study_unit_not_found')
  return held
}

export const replaceQuestionsAction = action({
  name: 'learning.study.questions',
  input: replaceQuestions.body.extend(ofUnit.shape),
  touches: async (work, { id }) => [(await unitOf(work, id)).organizationNo],
  run: async (work, { id, questions }) => {
    const unit = await unitOf(work, id)
    after(unit.state, 'questions')
    if (questions.length > 0 && questions.length < unit.asked)
      throw new Problem('learning.study_bank_too_small', {
        errors: [{ field: 'questions', message: `每次自测 ${unit.asked} 题，题库只有 ${questions.length} 题。` }],
      })
    await writeQuestions(work, unit, questions)
    return {
      reply: { questions: questions.length },
      objects: about(unit.planId),
      fields: { unit: id, questions: questions.length },
    }
  },
})

/** What was answered goes back to whoever answered and is kept nowhere; kept is that the unit is done. An attempt that is not enough is no act. */
export const takeTestAction = action({
  name: 'learning.study.test',
  input: takeTest.body.extend(ofUnit.shape),
  touches: () => [],
  run: async (work, { id, answers }) => {
    const unit = await unitOf(work, id)
    after(unit.state, 'test')
    const { personNo } = work.actor
    if (personNo === null) throw new Problem('learning.study_nobody')
    const { done } = judgedTest(unit, await questionsOf(work.tx, unit.no), answers)
    if (done) {
      const organizationNo = (await homeOf(work.tx, personNo, work.today)) ?? unit.organizationNo
      await noteDone(work, unit.no, { personNo, organizationNo })
      const dates = [`${unit.year}-01-01`, `${unit.year}-12-31`]
      await factsChanged(work, {
        organizations: [organizationNo],
        persons: [personNo],
        dates,
        of: ['learning'],
        about: { kinds: [] },
      })
    }
    return { reply: { done }, objects: about(unit.planId), fields: { unit: id } }
  },
})
