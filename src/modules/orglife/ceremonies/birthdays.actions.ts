import { action } from '../../../kernel/actions/action.ts'
import { writing } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { organizationById } from '../../directory/index.ts'
import { declineBirthday, switchBirthdays } from './birthdays.contract.ts'
import './birthdays.policy.ts'
import { isOn } from './birthdays.queries.ts'

export const switchBirthdaysAction = action({
  name: 'orglife.birthdays.switch',
  input: switchBirthdays.body,
  touches: async (work, { organizationId }) => [(await organizationById(work.tx, organizationId)).no],
  run: async (work, { organizationId, on }) => {
    const { no } = await organizationById(work.tx, organizationId)
    if ((await isOn(work.tx, no)) === on)
      throw new Problem('kernel.not_allowed_now', { detail: on ? '政治生日提示已经开着。' : '政治生日提示已经关着。' })
    const db = writing<'orglife'>(work.tx)
    if (on)
      await db
        .insertInto('orglife.birthday_branches')
        .values({ organization_no: no, since: work.today, set_by: work.actor.accountNo })
        .execute()
    else await db.deleteFrom('orglife.birthday_branches').where('organization_no', '=', no).execute()
    return { reply: { on }, objects: [{ kind: 'organization', id: organizationId }], fields: { on } }
  },
})

/** Hers alone; asked twice it stays as it was. */
export const declineBirthdayAction = action({
  name: 'orglife.birthdays.decline',
  input: declineBirthday.body,
  touches: () => [],
  run: async (work, { shown }) => {
    const { personNo } = work.actor
    if (personNo === null) throw new Problem('orglife.not_a_person')
    const db = writing<'orglife'>(work.tx)
    await db.deleteFrom('orglife.birthdays_declined').where('person_no', '=', personNo).execute()
    if (!shown)
      await db.insertInto('orglife.birthdays_declined').values({ person_no: personNo, declined_on: work.today }).execute()
    return { reply: { shown }, objects: [], fields: {} }
  },
})
