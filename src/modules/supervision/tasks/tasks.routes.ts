import { writeWorkbook } from '../../../kernel/files/workbook-writer.ts'
import { downloadRoute, type Route, route } from '../../../kernel/http/route.ts'
import { giveAction } from './giving.actions.ts'
import { taskChangesSince } from './task-changes.queries.ts'
import { taskSheet } from './task-export.queries.ts'
import { taskAsked } from './task-page.queries.ts'
import * as acts from './tasks.actions.ts'
import { urgeAction } from './task-urge.actions.ts'
import * as contract from './tasks.contract.ts'
import { tasksAsked } from './tasks.queries.ts'

const sheetType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

// Whoever owns a task may read it without any role, so the door lets everybody in business in and the query asks for the relation.
export const tasksRoutes: readonly Route[] = [
  route(contract.listTasks, {
    permission: 'supervision.task.see',
    handle: ({ query, read, actor, platform }) => read((db) => tasksAsked(db, query, { actor, today: platform.clock.today() })),
  }),
  downloadRoute(contract.exportTasks, {
    permission: 'supervision.task.read',
    handle: async ({ query, read, actor, platform }) => {
      const today = platform.clock.today()
      const sheet = await read((db) => taskSheet(db, query, { actor, today }))
      return { name: `任务-${today}.xlsx`, mediaType: sheetType, stream: writeWorkbook({ sheets: [sheet] }) }
    },
  }),
  route(contract.listTaskChanges, {
    permission: 'supervision.task.read',
    handle: ({ query, read, actor, platform }) =>
      read((db) => taskChangesSince(db, query, { actor, today: platform.clock.today() })),
  }),
  route(contract.showTask, {
    permission: 'supervision.task.see',
    handle: ({ params, read, actor, platform }) =>
      read((db) => taskAsked(db, params.id, { actor, today: platform.clock.today() })),
  }),
  route(contract.giveTask, {
    permission: 'supervision.task.give',
    handle: ({ body, perform }) => perform(giveAction, body),
  }),
  route(contract.delegateTask, {
    permission: 'supervision.task.delegate',
    handle: ({ params, body, perform }) => perform(acts.delegateAction, { ...params, ...body }),
  }),
  route(contract.linkRecord, {
    permission: 'supervision.task.link',
    handle: ({ params, body, perform }) => perform(acts.linkAction, { ...params, ...body }),
  }),
  route(contract.unlinkRecord, {
    permission: 'supervision.task.unlink',
    handle: ({ params, body, perform }) => perform(acts.unlinkAction, { ...params, ...body }),
  }),
  route(contract.reportTask, {
    permission: 'supervision.task.report',
    handle: ({ params, body, perform }) => perform(acts.reportAction, { ...params, ...body }),
  }),
  route(contract.verifyTask, {
    permission: 'supervision.task.verify',
    handle: ({ params, body, perform }) => perform(acts.verifyAction, { ...params, ...body }),
  }),
  route(contract.returnTask, {
    permission: 'supervision.task.return',
    handle: ({ params, body, perform }) => perform(acts.returnAction, { ...params, ...body }),
  }),
  route(contract.askExtension, {
    permission: 'supervision.task.ask_extension',
    handle: ({ params, body, perform }) => perform(acts.askExtensionAction, { ...params, ...body }),
  }),
  route(contract.grantExtension, {
    permission: 'supervision.task.grant_extension',
    handle: ({ params, body, perform }) => perform(acts.grantExtensionAction, { ...params, ...body }),
  }),
  route(contract.refuseExtension, {
    permission: 'supervision.task.refuse_extension',
    handle: ({ params, body, perform }) => perform(acts.refuseExtensionAction, { ...params, ...body }),
  }),
  route(contract.pauseTask, {
    permission: 'supervision.task.pause',
    handle: ({ params, body, perform }) => perform(acts.pauseAction, { ...params, ...body }),
  }),
  route(contract.resumeTask, {
    permission: 'supervision.task.resume',
    handle: ({ params, perform }) => perform(acts.resumeAction, params),
  }),
  route(contract.changeTask, {
    permission: 'supervision.task.change',
    handle: ({ params, body, perform }) => perform(acts.changeAction, { ...params, ...body }),
  }),
  route(contract.urgeTask, {
    permission: 'supervision.task.urge',
    handle: ({ params, body, perform }) => perform(urgeAction, { ...params, ...body }),
  }),
  route(contract.cancelTask, {
    permission: 'supervision.task.cancel',
    handle: ({ params, body, perform }) => perform(acts.cancelAction, { ...params, ...body }),
  }),
  route(contract.reopenTask, {
    permission: 'supervision.task.reopen',
    handle: ({ params, body, perform }) => perform(acts.reopenAction, { ...params, ...body }),
  }),
]
