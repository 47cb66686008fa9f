import { z } from 'zod'
import { action } from '../../../kernel/actions/action.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { organizationById } from '../../directory/index.ts'
import { cancelCheck, noteCheck } from './checks.contract.ts'
import { findCheck, insertCheck, markCancelled } from './checks.store.ts'

const wrong = (code: string, field: string, message: string) => new Problem(code, { errors: [{ field, message }] })

export const noteCheckAction = action({
  name: 'orglife.check.note',
  input: noteCheck.body,
  touches: async (work, { organizationId }) => [(await organizationById(work.tx, organizationId)).no],
  run: async (work, { organizationId, ...check }) => {
    if (check.announcedOn > work.today) throw wrong('orglife.announced_check_ahead', 'announcedOn', '通知日期还没到。')
    if (check.visitOn < check.announcedOn) throw wrong('orglife.check_order', 'visitOn', '检查日期早于通知日期。')
    const { no } = await organizationById(work.tx, organizationId)
    const id = await insertCheck(work, { organizationNo: no, ...check })
    return { reply: { id }, objects: [{ kind: 'announced_check', id }], fields: check }
  },
})

export const cancelCheckAction = action({
  name: 'orglife.check.cancel',
  input: z.object({ id: z.string() }).extend(cancelCheck.body.shape),
  touches: async (work, { id }) => {
    const check = await findCheck(work.tx, id)
    if (!check) throw new Problem('orglife.check_not_found')
    return [check.organizationNo]
  },
  run: async (work, { id, reason }) => {
    const check = await findCheck(work.tx, id)
    if (!check) throw new Problem('orglife.check_not_found')
    if (check.cancelled || !(await markCancelled(work, check.no, reason)))
      throw new Problem('kernel.not_allowed_now', { detail: '这次检查已经取消，不用再取消。' })
    return { reply: { id }, objects: [{ kind: 'announced_check', id }], fields: { reason } }
  },
})
