import { z } from 'zod'
import { action, type Work } from '../../../kernel/actions/action.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { addDays, type CivilDate } from '../../../kernel/time/civil-date.ts'
import { organizationById } from '../../directory/index.ts'
import { factsChanged } from '../../rulebook/index.ts'
import './ideology.policy.ts'
import { endKeeper, nameKeeper } from './keepers.contract.ts'
import { closeKeeper, findKeeper, insertKeeper, presentKeeper, type StoredKeeper } from './keepers.store.ts'

/** Kinds of organization on the three levels. */
export const levelKinds = ['working_committee', 'party_committee', 'general_branch', 'branch', 'joint_branch'] as const

/** The person behind an id, as far as the reader may see her. */
export async function personNumber(read: Read, id: string, field: string): Promise<number> {
  const row = await reading<'directory'>(read)
    .selectFrom('directory.persons')
    .select('no')
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row)
    throw new Problem('directory.person_not_found', { errors: [{ field, message: '没有找到这个人，或不在您的管理范围内。' }] })
  return row.no
}

async function keeperOf(work: Work, id: string): Promise<StoredKeeper> {
  const found = await findKeeper(work.tx, id)
  if (!found) throw new Problem('orglife.ideology_keeper_not_found')
  return found
}

const changed = (work: Work, organizationNo: number, dates: readonly CivilDate[]) =>
  factsChanged(work, { organizations: [organizationNo], dates: [...dates, work.today], of: ['orglife.ideology_keepers_named'] })

const wrongDay = (field: string, message: string) =>
  new Problem('orglife.ideology_days_reversed', { errors: [{ field, message }] })

export const nameKeeperAction = action({
  name: 'orglife.ideology_keeper.name',
  input: nameKeeper.body,
  touches: async (work, { organizationId }) => [(await organizationById(work.tx, organizationId)).no],
  run: async (work, { organizationId, personId, duty, from }) => {
    const { no, kind } = await organizationById(work.tx, organizationId)
    if (!(levelKinds as readonly string[]).includes(kind)) throw new Problem('orglife.ideology_level_unfit')
    if (from > work.today) throw wrongDay('from', '不能晚于今天。')
    const personNo = await personNumber(work.tx, personId, 'personId')
    const before = await presentKeeper(work.tx, no, duty)
    if (before) {
      if (from <= before.from) throw wrongDay('from', `前一位从 ${before.from} 开始，请填之后的日期。`)
      await closeKeeper(work, before, { before: from, reason: '换人' })
    }
    const id = await insertKeeper(work, { organizationNo: no, personNo, duty, from })
    await changed(work, no, [from])
    return { reply: { id }, objects: [{ kind: 'ideology_keeper', id }], fields: { duty, from } }
  },
})

export const endKeeperAction = action({
  name: 'orglife.ideology_keeper.end',
  input: z.object({ id: z.string() }).extend(endKeeper.body.shape),
  touches: async (work, { id }) => [(await keeperOf(work, id)).organizationNo],
  run: async (work, { id, on, reason }) => {
    const keeper = await keeperOf(work, id)
    if (keeper.to !== null) throw new Problem('orglife.ideology_keeper_ended')
    if (on > work.today || on < keeper.from) throw wrongDay('on', `请填 ${keeper.from} 到今天之间的日期。`)
    await closeKeeper(work, keeper, { before: addDays(on, 1), reason })
    await changed(work, keeper.organizationNo, [keeper.from, on])
    return { reply: { id }, objects: [{ kind: 'ideology_keeper', id }], fields: { on, reason } }
  },
})
