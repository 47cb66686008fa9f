import { type Call, type Route, route } from '../../../kernel/http/route.ts'
import { organizationById } from '../organizations/organizations.queries.ts'
import { movePersonAction } from './move-person.actions.ts'
import { correctPersonAction, createPersonAction } from './persons.actions.ts'
import * as contract from './persons.contract.ts'
import './persons.policy.ts'
import { listPersonsIn } from './persons.queries.ts'
import { revealField, viewPerson } from './viewing.actions.ts'

const looking = ({ platform, actor, requestId }: Pick<Call<unknown, unknown, unknown>, 'platform' | 'actor' | 'requestId'>) => ({
  platform,
  actor,
  requestId,
})

export const personsRoutes: Route[] = [
  route(contract.listPersons, {
    permission: 'directory.person.list',
    handle: ({ query, read }) =>
      read(async (r) => {
        const noOf = async (id: string | undefined) => (id ? (await organizationById(r, id)).no : undefined)
        return listPersonsIn(r, { ...query, under: await noOf(query.under), organization: await noOf(query.organization) })
      }),
  }),
  route(contract.showPerson, {
    permission: 'directory.person.view',
    handle: (call) => viewPerson(looking(call), call.params.id),
  }),
  route(contract.revealPerson, {
    permission: 'directory.person.reveal',
    handle: (call) => revealField(looking(call), call.params.id, call.body),
  }),
  route(contract.createPerson, {
    permission: 'directory.person.create',
    handle: ({ body, perform }) => perform(createPersonAction, body),
  }),
  route(contract.correctPerson, {
    permission: 'directory.person.correct',
    handle: ({ params, body, perform }) => perform(correctPersonAction, { ...body, id: params.id }),
  }),
  route(contract.movePerson, {
    permission: 'directory.person.move',
    handle: ({ params, body, perform }) => perform(movePersonAction, { ...body, id: params.id }),
  }),
]
