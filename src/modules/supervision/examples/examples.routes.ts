import { writeWorkbook } from '../../../kernel/files/workbook-writer.ts'
import { downloadRoute, type Route, route } from '../../../kernel/http/route.ts'
import * as acts from './examples.actions.ts'
import * as contract from './examples.contract.ts'
import { exampleAsked, exampleSheet, examplesAsked } from './examples.queries.ts'
import './examples.policy.ts'

const sheetType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export const examplesRoutes: readonly Route[] = [
  route(contract.listExamples, {
    permission: 'supervision.example.see',
    handle: ({ query, read, actor }) => read((db) => examplesAsked(db, query, actor)),
  }),
  downloadRoute(contract.exportExamples, {
    permission: 'supervision.example.see',
    handle: async ({ query, read, actor, platform }) => {
      const sheet = await read((db) => exampleSheet(db, query, actor))
      const name = `好做法-${platform.clock.today()}.xlsx`
      return { name, mediaType: sheetType, stream: writeWorkbook({ sheets: [sheet] }) }
    },
  }),
  route(contract.showExample, {
    permission: 'supervision.example.see',
    handle: ({ params, read, actor }) => read((db) => exampleAsked(db, params.id, actor)),
  }),
  route(contract.writeExample, {
    permission: 'supervision.example.write',
    handle: ({ body, perform }) => perform(acts.writeExampleAction, body),
  }),
  route(contract.amendExample, {
    permission: 'supervision.example.amend',
    handle: ({ params, body, perform }) => perform(acts.amendExampleAction, { ...params, ...body }),
  }),
  route(contract.linkExample, {
    permission: 'supervision.example.link',
    handle: ({ params, body, perform }) => perform(acts.linkExampleAction, { ...params, ...body }),
  }),
  route(contract.unlinkExample, {
    permission: 'supervision.example.unlink',
    handle: ({ params, body, perform }) => perform(acts.unlinkExampleAction, { ...params, ...body }),
  }),
  route(contract.proposeExample, {
    permission: 'supervision.example.propose',
    handle: ({ params, perform }) => perform(acts.proposeExampleAction, params),
  }),
  route(contract.reviewExample, {
    permission: 'supervision.example.review',
    handle: ({ params, body, perform }) => perform(acts.reviewExampleAction, { ...params, ...body }),
  }),
  route(contract.returnExample, {
    permission: 'supervision.example.return',
    handle: ({ params, body, perform }) => perform(acts.returnExampleAction, { ...params, ...body }),
  }),
  route(contract.publishExample, {
    permission: 'supervision.example.publish',
    handle: ({ params, body, perform }) => perform(acts.publishExampleAction, { ...params, ...body }),
  }),
  route(contract.withdrawExample, {
    permission: 'supervision.example.withdraw',
    handle: ({ params, body, perform }) => perform(acts.withdrawExampleAction, { ...params, ...body }),
  }),
]
