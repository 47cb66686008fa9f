import { reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import type { SheetRecords } from '../../orglife/index.ts'
import { categoriesDefined } from '../categories/categories.store.ts'
import { attend } from '../classes/attendance.actions.ts'
import { classBodyOf, peopleToRegister } from '../classes/class-body.queries.ts'
import { after, classOf } from '../classes/classes.actions.ts'
import { targetGroups } from '../classes/classes.contract.ts'
import { insertClass, participantsOf, replaceClass } from '../classes/classes.store.ts'
import { classColumns } from './old-classes-sheet.queries.ts'
import { type OldClass, oldClass, oldClassesSheet } from './old-classes.contract.ts'
import './old-classes.policy.ts'
import { checkedClasses, keyOf, standing } from './old-classes.queries.ts'

const factsOf = (organizationNo: number, persons: readonly number[], day: string) => ({
  organizations: [organizationNo],
  persons,
  dates: [day],
  of: ['learning'],
  about: { kinds: [] },
})

/** Old training classes from a sheet, one row a session, with who came to them. */
export const oldClasses: SheetRecords<OldClass> = {
  sheet: oldClassesSheet,
  permission: 'learning.class',
  object: 'training_class',
  served: 'training-class',
  columns: classColumns,
  choices: async (read) => ({
    培训对象: Object.values(targetGroups),
    类别: (await categoriesDefined(read)).map(({ title }) => title),
  }),
  record: oldClass,
  checked: checkedClasses,
  standing,
  keyOf,
  enter: async (work, { organization, record: { personIds, absent, ...record }, lateReason }) => {
    const { body } = await classBodyOf(work, { ...record, organizationId: organization.id })
    const { no, id } = await insertClass(work, body, await peopleToRegister(work.tx, personIds, body.endsOn))
    const { touched } = await attend(work, await classOf(work, id), { absent, lateReason, revision: 1 })
    return { no, id, heldOn: body.endsOn, revision: 2, touched: factsOf(body.organizationNo, touched, body.endsOn) }
  },
  takeBack: async (work, { no, revision, reason }) => {
    const row = await reading<'learning'>(work.tx)
      .selectFrom('learning.classes')
      .select(['id', 'revision', 'state'])
      .where('no', '=', no)
      .executeTakeFirst()
    if (!row || row.revision !== revision || row.state !== 'held') return null
    const held = await classOf(work, row.id)
    const people = (await participantsOf(work.tx, no)).map(({ personNo }) => personNo)
    if (!(await replaceClass(work, held, { state: after(held, 'withdraw'), reason, whole: { people } })))
      throw new Problem('kernel.changed_meanwhile')
    return { id: row.id, touched: factsOf(held.organizationNo, people, held.endsOn) }
  },
}
