import { z } from 'zod'
import { type Action, action, type Work } from '../../../kernel/actions/action.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { organizationById } from '../../directory/index.ts'
import './ideology.policy.ts'
import { personNumber } from './keepers.actions.ts'
import * as contract from './outlets.contract.ts'
import { findOutlet, insertOutlet, type OutletWords, reviseOutlet, type StoredOutlet } from './outlets.store.ts'

async function outletOf(work: Work, id: string): Promise<StoredOutlet> {
  const found = await findOutlet(work.tx, id)
  if (!found) throw new Problem('orglife.outlet_not_found')
  return found
}

const wrongDay = (field: string, message: string) => new Problem('orglife.outlet_days_wrong', { errors: [{ field, message }] })

function checkReview(work: Work, reviewOn: string): void {
  if (reviewOn <= work.today) throw wrongDay('reviewOn', '请填今天以后的日期。')
}

async function wordsOf(work: Work, body: contract.OutletBody): Promise<OutletWords> {
  if (body.deputyId === body.keeperId)
    throw new Problem('orglife.outlet_keepers_same', { errors: [{ field: 'deputyId', message: '请选管理员以外的人。' }] })
  if (body.openedOn > work.today) throw wrongDay('openedOn', '启用日期不能晚于今天。')
  checkReview(work, body.reviewOn)
  return {
    kind: body.kind,
    name: body.name,
    address: body.address ?? null,
    keeperNo: await personNumber(work.tx, body.keeperId, 'keeperId'),
    deputyNo: body.deputyId ? await personNumber(work.tx, body.deputyId, 'deputyId') : null,
    openedOn: body.openedOn,
    reviewOn: body.reviewOn,
  }
}

export const registerOutletAction = action({
  name: 'orglife.outlet.register',
  input: contract.registerOutlet.body,
  touches: async (work, { organizationId }) => [(await organizationById(work.tx, organizationId)).no],
  run: async (work, { organizationId, ...body }) => {
    const { no } = await organizationById(work.tx, organizationId)
    const id = await insertOutlet(work, no, await wordsOf(work, body))
    return { reply: { id }, objects: [{ kind: 'outlet', id }], fields: { name: body.name, kind: body.kind } }
  },
})

type Change = Omit<Parameters<typeof reviseOutlet>[2], 'action'>
interface OutletMoved {
  readonly id: string
  readonly state: 'open' | 'closed'
  readonly revision: number
}

/** A step on an outlet that is in use. */
function outletStep<Input extends z.ZodType<{ id: string }>>(
  verb: 'correct' | 'review' | 'close',
  input: Input,
  change: (work: Work, outlet: StoredOutlet, input: z.output<Input>) => Promise<Change> | Change,
): Action<Input, OutletMoved> {
  return action({
    name: `orglife.outlet.${verb}`,
    input,
    touches: async (work, { id }) => [(await outletOf(work, id)).organizationNo],
    run: async (work, asked) => {
      const outlet = await outletOf(work, asked.id)
      if (outlet.state === 'closed') throw new Problem('orglife.outlet_closed')
      const is = await change(work, outlet, asked)
      if (!(await reviseOutlet(work, outlet, { ...is, action: verb }))) throw new Problem('kernel.changed_meanwhile')
      const reply = { id: outlet.id, state: is.state, revision: outlet.revision + 1 }
      return { reply, objects: [{ kind: 'outlet', id: outlet.id }], fields: { reason: is.reason } }
    },
  })
}

const withId = z.object({ id: z.string() })
export const correctOutletAction = outletStep(
  'correct',
  withId.extend(contract.correctOutlet.body.shape),
  async (work, outlet, { id: _id, revision, reason, ...body }) => {
    if (revision !== outlet.revision) throw new Problem('kernel.changed_meanwhile')
    return { state: 'open', words: await wordsOf(work, body), reason }
  },
)
export const reviewOutletAction = outletStep(
  'review',
  withId.extend(contract.reviewOutlet.body.shape),
  (work, outlet, { reviewOn, reason }) => {
    checkReview(work, reviewOn)
    return { state: 'open', words: { ...outlet, reviewOn }, reason }
  },
)
export const closeOutletAction = outletStep(
  'close',
  withId.extend(contract.closeOutlet.body.shape),
  (work, outlet, { on, reason }) => {
    if (on > work.today || on < outlet.openedOn) throw wrongDay('on', `请填 ${outlet.openedOn} 到今天之间的日期。`)
    return { state: 'closed', words: outlet, reason, closedOn: on }
  },
)
