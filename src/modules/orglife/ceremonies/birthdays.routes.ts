import { type Route, route } from '../../../kernel/http/route.ts'
import '../entries/entries.policy.ts'
import { declineBirthdayAction, switchBirthdaysAction } from './birthdays.actions.ts'
import * as contract from './birthdays.contract.ts'
import { birthdaysOf, ownBirthdayOf } from './birthdays.queries.ts'

export const birthdaysRoutes: readonly Route[] = [
  route(contract.showBirthdays, {
    permission: 'orglife.birthdays.switch',
    handle: ({ query, read, actor, platform }) =>
      read((db) => birthdaysOf(db, actor, { ...query, today: platform.clock.today() })),
  }),
  route(contract.switchBirthdays, {
    permission: 'orglife.birthdays.switch',
    handle: ({ body, perform }) => perform(switchBirthdaysAction, body),
  }),
  route(contract.ownBirthday, {
    permission: 'orglife.birthdays.decline',
    handle: ({ read, actor }) => read((db) => ownBirthdayOf(db, actor)),
  }),
  route(contract.declineBirthday, {
    permission: 'orglife.birthdays.decline',
    handle: ({ body, perform }) => perform(declineBirthdayAction, body),
  }),
]
