import { type Route, route } from '../../../kernel/http/route.ts'
import { dissolveOrganizationAction, mergeOrganizationAction } from './endings.actions.ts'
import { organizationPageOn } from './organization-page.queries.ts'
import { createOrganizationAction, moveOrganizationAction, renameOrganizationAction } from './organizations.actions.ts'
import * as contract from './organizations.contract.ts'
import './organizations.policy.ts'
import { listOrganizationsOn } from './organizations.queries.ts'
import { splitOrganizationAction } from './split.actions.ts'

export const organizationsRoutes: Route[] = [
  route(contract.listOrganizations, {
    permission: 'directory.organization.list',
    handle: ({ query, platform, read }) => {
      const asOf = query.asOf ?? platform.clock.today()
      return read((r) => listOrganizationsOn(r, { ...query, asOf, dissolved: query.dissolved === 'yes' }))
    },
  }),
  route(contract.showOrganization, {
    permission: 'directory.organization.view',
    handle: ({ params, query, actor, platform, read }) => {
      const today = platform.clock.today()
      return read((r) => organizationPageOn(r, actor, { id: params.id, asOf: query.asOf ?? today, today }))
    },
  }),
  route(contract.createOrganization, {
    permission: 'directory.organization.create',
    handle: ({ body, perform }) => perform(createOrganizationAction, body),
  }),
  route(contract.renameOrganization, {
    permission: 'directory.organization.rename',
    handle: ({ params, body, perform }) => perform(renameOrganizationAction, { ...body, id: params.id }),
  }),
  route(contract.moveOrganization, {
    permission: 'directory.organization.move',
    handle: ({ params, body, perform }) => perform(moveOrganizationAction, { ...body, id: params.id }),
  }),
  route(contract.mergeOrganization, {
    permission: 'directory.organization.merge',
    handle: ({ params, body, perform }) => perform(mergeOrganizationAction, { ...body, id: params.id }),
  }),
  route(contract.splitOrganization, {
    permission: 'directory.organization.split',
    handle: ({ params, body, perform }) => perform(splitOrganizationAction, { ...body, id: params.id }),
  }),
  route(contract.dissolveOrganization, {
    permission: 'directory.organization.dissolve',
    handle: ({ params, body, perform }) => perform(dissolveOrganizationAction, { ...body, id: params.id }),
  }),
]
