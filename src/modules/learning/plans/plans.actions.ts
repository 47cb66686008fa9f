import { action, type Work } from '../../../kernel/actions/action.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { hostOf } from '../classes/class-body.queries.ts'
import { correctPlan, ofPlan, planBody, withdrawPlan } from './plans.contract.ts'
import { findPlan, insertPlan, replacePlan, type StoredPlan } from './plans.store.ts'

async function planOf(work: Work, id: string): Promise<StoredPlan> {
  const held = await findPlan(work.tx, id)
  if (!held) throw new Problem('learning.plan_not_found')
  return held
}

function standing(held: StoredPlan): void {
  if (held.state === 'withdrawn')
    throw new Problem('kernel.not_allowed_now', { detail: '这份培训计划已撤回，不能再改；请另记一份。' })
}

const about = (id: string) => [{ kind: 'training_plan', id }]

export const createPlanAction = action({
  name: 'learning.plan.create',
  input: planBody,
  touches: async (work, input) => [(await hostOf(work.tx, input.organizationId)).no],
  run: async (work, { organizationId, year, title, note, items }) => {
    const host = await hostOf(work.tx, organizationId)
    const id = await insertPlan(work, { title, note: note || null, items }, { organizationNo: host.no, year })
    if (id === null) throw new Problem('learning.plan_exists', { errors: [{ field: 'year', message: `${year} 年已有计划。` }] })
    return { reply: { id }, objects: about(id), fields: { title, year, items: items.length } }
  },
})

export const correctPlanAction = action({
  name: 'learning.plan.correct',
  input: correctPlan.body.extend(ofPlan.shape),
  touches: async (work, { id }) => [(await planOf(work, id)).organizationNo],
  run: async (work, { id, revision, reason, title, note, items }) => {
    const held = await planOf(work, id)
    standing(held)
    const body = { title, note: note || null, items }
    if (held.revision !== revision || !(await replacePlan(work, held, { state: 'recorded', body, reason })))
      throw new Problem('kernel.changed_meanwhile')
    return { reply: { id, revision: revision + 1 }, objects: about(id), fields: { reason, title, items: items.length } }
  },
})

export const withdrawPlanAction = action({
  name: 'learning.plan.withdraw',
  input: withdrawPlan.body.extend(ofPlan.shape),
  touches: async (work, { id }) => [(await planOf(work, id)).organizationNo],
  run: async (work, { id, reason }) => {
    const held = await planOf(work, id)
    standing(held)
    if (!(await replacePlan(work, held, { state: 'withdrawn', reason }))) throw new Problem('kernel.changed_meanwhile')
    return { reply: { id }, objects: about(id), fields: { reason } }
  },
})
