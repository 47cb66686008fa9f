import { type Route, route } from '../../../kernel/http/route.ts'
import { tagsDefined } from '../../rulebook/index.ts'
import './work-records.policy.ts'
import { confirmWorkAction, correctWorkAction, recordWorkAction, withdrawWorkAction } from './work-records.actions.ts'
import {
  confirmWork,
  correctWork,
  listTags,
  listWorkRecords,
  recordWork,
  showWorkRecord,
  withdrawWork,
  workRecordForm,
} from './work-records.contract.ts'
import { workRecordFormOf, workRecordPageOf, workRecordsAsked } from './work-records.queries.ts'

export const workRecordsRoutes: readonly Route[] = [
  route(listTags, {
    permission: 'orglife.work_record.read',
    handle: async ({ read }) => ({ items: await read(tagsDefined), next: null }),
  }),
  route(workRecordForm, {
    permission: 'orglife.work_record.record',
    handle: ({ query, read, platform }) => read((db) => workRecordFormOf(db, query.organization, platform.clock.today())),
  }),
  route(listWorkRecords, {
    permission: 'orglife.work_record.read',
    handle: ({ query, read }) => read((db) => workRecordsAsked(db, query)),
  }),
  route(recordWork, {
    permission: 'orglife.work_record.record',
    handle: ({ body, perform }) => perform(recordWorkAction, body),
  }),
  route(showWorkRecord, {
    permission: 'orglife.work_record.read',
    handle: ({ params, read, actor }) => read((db) => workRecordPageOf(db, actor, params.id)),
  }),
  route(correctWork, {
    permission: 'orglife.work_record.correct',
    handle: ({ params, body, perform }) => perform(correctWorkAction, { ...params, ...body }),
  }),
  route(withdrawWork, {
    permission: 'orglife.work_record.withdraw',
    handle: ({ params, body, perform }) => perform(withdrawWorkAction, { ...params, ...body }),
  }),
  route(confirmWork, {
    permission: 'orglife.work_record.confirm',
    handle: ({ params, body, perform }) => perform(confirmWorkAction, { ...params, ...body }),
  }),
]
