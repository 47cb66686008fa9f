import { writeWorkbook } from '../../../kernel/files/workbook-writer.ts'
import { downloadRoute, type Route, route } from '../../../kernel/http/route.ts'
import * as acts from './key-projects.actions.ts'
import * as contract from './key-projects.contract.ts'
import './key-projects.policy.ts'
import { projectsAsked, projectSheet } from './key-projects.queries.ts'
import { projectAsked } from './project-page.queries.ts'

const sheetType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export const projectsRoutes: readonly Route[] = [
  route(contract.listProjects, {
    permission: 'supervision.key_project.see',
    handle: ({ query, read, actor, platform }) =>
      read((db) => projectsAsked(db, query, { actor, today: platform.clock.today() })),
  }),
  downloadRoute(contract.exportProjects, {
    permission: 'supervision.key_project.read',
    handle: async ({ query, read, actor, platform }) => {
      const today = platform.clock.today()
      const sheet = await read((db) => projectSheet(db, query, { actor, today }))
      return { name: `重点项目-${today}.xlsx`, mediaType: sheetType, stream: writeWorkbook({ sheets: [sheet] }) }
    },
  }),
  route(contract.showProject, {
    permission: 'supervision.key_project.see',
    handle: ({ params, read, actor, platform }) =>
      read((db) => projectAsked(db, params.id, { actor, today: platform.clock.today() })),
  }),
  route(contract.enterProject, {
    permission: 'supervision.key_project.enter',
    handle: ({ body, perform }) => perform(acts.enterProjectAction, body),
  }),
  route(contract.amendProject, {
    permission: 'supervision.key_project.amend',
    handle: ({ params, body, perform }) => perform(acts.amendProjectAction, { ...params, ...body }),
  }),
  route(contract.startProject, {
    permission: 'supervision.key_project.start',
    handle: ({ params, perform }) => perform(acts.startProjectAction, params),
  }),
  route(contract.closeProject, {
    permission: 'supervision.key_project.close',
    handle: ({ params, body, perform }) => perform(acts.closeProjectAction, { ...params, ...body }),
  }),
  route(contract.reopenProject, {
    permission: 'supervision.key_project.reopen',
    handle: ({ params, body, perform }) => perform(acts.reopenProjectAction, { ...params, ...body }),
  }),
  route(contract.withdrawProject, {
    permission: 'supervision.key_project.withdraw',
    handle: ({ params, body, perform }) => perform(acts.withdrawProjectAction, { ...params, ...body }),
  }),
  route(contract.foundBranch, {
    permission: 'supervision.key_project.found_branch',
    handle: ({ params, body, perform }) => perform(acts.foundBranchAction, { ...params, ...body }),
  }),
  route(contract.linkBranch, {
    permission: 'supervision.key_project.link_branch',
    handle: ({ params, body, perform }) => perform(acts.linkBranchAction, { ...params, ...body }),
  }),
  route(contract.extendBranch, {
    permission: 'supervision.key_project.extend_branch',
    handle: ({ params, body, perform }) => perform(acts.extendBranchAction, { ...params, ...body }),
  }),
  route(contract.dissolveBranch, {
    permission: 'supervision.key_project.dissolve_branch',
    handle: ({ params, body, perform }) => perform(acts.dissolveBranchAction, { ...params, ...body }),
  }),
]
