import { action, type Work } from '../../../kernel/actions/action.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { factsChanged } from '../../rulebook/index.ts'
import { hostOf } from '../classes/class-body.queries.ts'
import { givenTo } from '../reading/reading.store.ts'
import { closeStudyPlan, correctStudyPlan, ofStudyPlan, studyPlanBody, withdrawStudyPlan } from './studies.contract.ts'
import {
  type StudyPlanAction,
  studyPlanActions,
  studyPlanLifecycle,
  type StudyPlanState,
  studyPlanStates,
} from './studies.lifecycle.ts'
import { findStudyPlan, insertStudyPlan, replaceStudyPlan, standingUnits, type StoredStudyPlan } from './studies.store.ts'
import { unitsDoneBySome } from './units.store.ts'

async function planOf(work: Work, id: string): Promise<StoredStudyPlan> {
  const held = await findStudyPlan(work.tx, id)
  if (!held) throw new Problem('learning.study_plan_not_found')
  return held
}

/** The state after the act; refuses an act that does not fit the state. */
export function after(state: StudyPlanState, verb: StudyPlanAction): StudyPlanState {
  const next = studyPlanLifecycle[state][verb]
  if (next) return next
  throw new Problem('learning.study_not_allowed_now', {
    detail: `这份学习计划${studyPlanStates[state]}，不能${studyPlanActions[verb]}；需要的请另排一份。`,
  })
}

export const about = (id: string) => [{ kind: 'study_plan', id }]

/** A plan bears on those to whom it is given, in its year. */
async function planChanged(work: Work, plan: { organizationNo: number; year: number }): Promise<void> {
  const organizations = await givenTo(work.tx, plan.organizationNo)
  const day = `${plan.year}-12-31`
  await factsChanged(work, { organizations, dates: [`${plan.year}-01-01`, day], of: ['learning'], about: { kinds: [] } })
}

export const createStudyPlanAction = action({
  name: 'learning.study.plan',
  input: studyPlanBody,
  touches: async (work, input) => [(await hostOf(work.tx, input.organizationId)).no],
  run: async (work, { organizationId, year, topic, audience, title, note, units }) => {
    const { no: organizationNo } = await hostOf(work.tx, organizationId)
    const fresh = units.map(({ id: _id, ...unit }) => unit)
    const { id } = await insertStudyPlan(
      work,
      { title, note: note || null, units: fresh },
      { organizationNo, year, topic, audience },
    )
    await planChanged(work, { organizationNo, year })
    return { reply: { id }, objects: about(id), fields: { title, year, topic, audience, units: units.length } }
  },
})

/** A unit that somebody is done with stays: what was done is not made undone. */
async function refuseGone(work: Work, held: StoredStudyPlan, kept: readonly (string | undefined)[]): Promise<void> {
  const gone = (await standingUnits(work.tx, held.no)).filter(({ id }) => !kept.includes(id))
  if (
    gone.length > 0 &&
    (
      await unitsDoneBySome(
        work.tx,
        gone.map(({ no }) => no),
      )
    ).length > 0
  )
    throw new Problem('learning.study_unit_done_by_some', { errors: [{ field: 'units', message: '去掉的单元里有人已经学完。' }] })
}

export const correctStudyPlanAction = action({
  name: 'learning.study.correct',
  input: correctStudyPlan.body.extend(ofStudyPlan.shape),
  touches: async (work, { id }) => [(await planOf(work, id)).organizationNo],
  run: async (work, { id, revision, reason, title, note, units }) => {
    const held = await planOf(work, id)
    const state = after(held.state, 'correct')
    await refuseGone(
      work,
      held,
      units.map((unit) => unit.id),
    )
    const next = { state, body: { title, note: note || null, units }, reason }
    if (held.revision !== revision || !(await replaceStudyPlan(work, held, next))) throw new Problem('kernel.changed_meanwhile')
    await planChanged(work, held)
    return { reply: { id, revision: revision + 1 }, objects: about(id), fields: { reason, title, units: units.length } }
  },
})

export const closeStudyPlanAction = action({
  name: 'learning.study.close',
  input: closeStudyPlan.params,
  touches: async (work, { id }) => [(await planOf(work, id)).organizationNo],
  run: async (work, { id }) => {
    const held = await planOf(work, id)
    const state = after(held.state, 'close')
    if (!(await replaceStudyPlan(work, held, { state, reason: null }))) throw new Problem('kernel.changed_meanwhile')
    return { reply: { id }, objects: about(id) }
  },
})

export const withdrawStudyPlanAction = action({
  name: 'learning.study.withdraw',
  input: withdrawStudyPlan.body.extend(ofStudyPlan.shape),
  touches: async (work, { id }) => [(await planOf(work, id)).organizationNo],
  run: async (work, { id, reason }) => {
    const held = await planOf(work, id)
    const state = after(held.state, 'withdraw')
    if (!(await replaceStudyPlan(work, held, { state, reason }))) throw new Problem('kernel.changed_meanwhile')
    await planChanged(work, held)
    return { reply: { id }, objects: about(id), fields: { reason } }
  },
})
