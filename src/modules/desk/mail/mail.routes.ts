import { type Route, route } from '../../../kernel/http/route.ts'
import { chooseMailAction } from './mail.actions.ts'
import { chooseMail, showMail } from './mail.contract.ts'
import './mail.policy.ts'
import { mailChoiceOf } from './mail.store.ts'

export const mailRoutes: readonly Route[] = [
  route(showMail, { permission: 'signed_in', handle: ({ read, actor }) => read((db) => mailChoiceOf(db, actor)) }),
  route(chooseMail, { permission: 'desk.mail.choose', handle: ({ body, perform }) => perform(chooseMailAction, body) }),
]
