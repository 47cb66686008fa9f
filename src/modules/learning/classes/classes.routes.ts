import { type Route, route } from '../../../kernel/http/route.ts'
import { attendClassAction } from './attendance.actions.ts'
import { candidatesFor } from './candidates.queries.ts'
import { correctClassAction, createClassAction, registerPeopleAction, withdrawClassAction } from './classes.actions.ts'
import { cancelEnrolmentAction, enrolPeopleAction } from './enrolment.actions.ts'
import {
  attendClass,
  cancelEnrolment,
  classCandidates,
  correctClass,
  createClass,
  enrolPeople,
  listClasses,
  registerPeople,
  showClass,
  withdrawClass,
} from './classes.contract.ts'
import './classes.policy.ts'
import { classesAsked, classPageOf } from './classes.queries.ts'

export const classesRoutes: readonly Route[] = [
  route(listClasses, {
    permission: 'learning.class.read',
    handle: ({ query, read }) => read((db) => classesAsked(db, query)),
  }),
  route(createClass, {
    permission: 'learning.class.create',
    handle: ({ body, perform }) => perform(createClassAction, body),
  }),
  route(classCandidates, {
    permission: 'learning.class.create',
    handle: async ({ query, read, platform }) => ({
      items: await read((db) => candidatesFor(db, query, platform.clock.today())),
      next: null,
    }),
  }),
  route(showClass, {
    permission: 'learning.class.read',
    handle: ({ params, read, actor, platform }) =>
      read((db) => classPageOf(db, { actor, today: platform.clock.today() }, params.id)),
  }),
  route(correctClass, {
    permission: 'learning.class.correct',
    handle: ({ params, body, perform }) => perform(correctClassAction, { ...params, ...body }),
  }),
  route(registerPeople, {
    permission: 'learning.class.register',
    handle: ({ params, body, perform }) => perform(registerPeopleAction, { ...params, ...body }),
  }),
  route(enrolPeople, {
    permission: 'learning.class.enrol',
    handle: ({ params, body, perform }) => perform(enrolPeopleAction, { ...params, ...body }),
  }),
  route(cancelEnrolment, {
    permission: 'learning.class.cancel_enrolment',
    handle: ({ params, body, perform }) => perform(cancelEnrolmentAction, { ...params, ...body }),
  }),
  route(attendClass, {
    permission: 'learning.class.attend',
    handle: ({ params, body, perform }) => perform(attendClassAction, { ...params, ...body }),
  }),
  route(withdrawClass, {
    permission: 'learning.class.withdraw',
    handle: ({ params, body, perform }) => perform(withdrawClassAction, { ...params, ...body }),
  }),
]
