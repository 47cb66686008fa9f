import { z } from 'zod'
import { action, type Work } from '../../../kernel/actions/action.ts'
import { reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { organizationById } from '../../directory/index.ts'
import { chosenOrganizations, fileNumbers } from '../meetings/meeting-body.queries.ts'
import { circularBody, withdrawCircular } from './circulars.contract.ts'
import { type CircularAction, circularLifecycle, circularStates } from './circulars.lifecycle.ts'
import './circulars.policy.ts'
import { endCircular, findCircular, insertCircular, type StoredCircular } from './circulars.store.ts'

async function circularOf(work: Work, id: string): Promise<StoredCircular> {
  const found = await findCircular(work.tx, id)
  if (!found) throw new Problem('orglife.circular_not_found')
  return found
}

async function end(work: Work, circular: StoredCircular, how: { verb: CircularAction; reason: string }): Promise<void> {
  const state = circularLifecycle[circular.state][how.verb]
  if (!state || !(await endCircular(work, circular, { state, reason: how.reason })))
    throw new Problem('orglife.circular_not_allowed_now', {
      detail: `这份通知${circularStates[(await circularOf(work, circular.id)).state]}，不能再撤回或代替。现在可以：另发一份通知。`,
    })
}

async function refuseOutside(work: Work, organizationNo: number, toNos: readonly number[]): Promise<void> {
  const below = await reading<'directory'>(work.tx)
    .selectFrom('directory.organization_ancestry')
    .select('organization_no')
    .where('ancestor_no', '=', organizationNo)
    .where('organization_no', 'in', [...toNos])
    .where((where) => where.fn<boolean>('upper_inf', ['valid']))
    .execute()
  if (new Set(below.map((row) => row.organization_no)).size !== new Set(toNos).size)
    throw new Problem('orglife.circular_not_below', { errors: [{ field: 'toIds', message: '请从本组织的下级中选。' }] })
}

async function meetingNumber(work: Work, id: string | undefined): Promise<number | null> {
  if (id === undefined) return null
  const row = await reading<'orglife'>(work.tx)
    .selectFrom('orglife.meetings')
    .select('no')
    .where('id', '=', id)
    .where('state', '=', 'planned')
    .executeTakeFirst()
  if (!row)
    throw new Problem('orglife.circular_meeting_not_found', { errors: [{ field: 'meetingId', message: '请选预定的会议。' }] })
  return row.no
}

/** Issues a notice downward. Nobody is asked for anything; the due page of those addressed shows it as long as it holds. */
export const issueCircularAction = action({
  name: 'orglife.circular.issue',
  input: circularBody,
  touches: async (work, { organizationId, supersedesId }) => [
    (await organizationById(work.tx, organizationId)).no,
    ...(supersedesId ? [(await circularOf(work, supersedesId)).organizationNo] : []),
  ],
  run: async (work, { organizationId, toIds, fileIds, meetingId, supersedesId, ...body }) => {
    if (body.validUntil < work.today)
      throw new Problem('orglife.circular_over', { errors: [{ field: 'validUntil', message: '请填今天或以后的日期。' }] })
    const { no } = await organizationById(work.tx, organizationId)
    const toNos = (await chosenOrganizations(work.tx, toIds)).map((organization) => organization.no)
    await refuseOutside(work, no, toNos)
    const old = supersedesId ? await circularOf(work, supersedesId) : null
    if (old) await end(work, old, { verb: 'supersede', reason: `由“${body.title}”代替` })
    const id = await insertCircular(work, {
      ...body,
      organizationNo: no,
      toNos,
      meetingNo: await meetingNumber(work, meetingId),
      supersedesNo: old?.no ?? null,
      fileNos: await fileNumbers(work.tx, fileIds),
    })
    return { reply: { id }, objects: [{ kind: 'circular', id }], fields: { title: body.title, validUntil: body.validUntil } }
  },
})

export const withdrawCircularAction = action({
  name: 'orglife.circular.withdraw',
  input: z.object({ id: z.string() }).extend(withdrawCircular.body.shape),
  touches: async (work, { id }) => [(await circularOf(work, id)).organizationNo],
  run: async (work, { id, reason }) => {
    await end(work, await circularOf(work, id), { verb: 'withdraw', reason })
    return { reply: { id, state: 'withdrawn' as const }, objects: [{ kind: 'circular', id }], fields: { reason } }
  },
})
