import { writeWorkbook } from '../../../kernel/files/workbook-writer.ts'
import { downloadRoute, type Route, route } from '../../../kernel/http/route.ts'
import { answerCorrectionAction, askCorrectionAction } from './corrections.actions.ts'
import { answerCorrection, askCorrection, listCorrections } from './corrections.contract.ts'
import { correctionsAsked } from './corrections.queries.ts'
import {
  confirmStudy,
  correctStudy,
  createStudy,
  exportHours,
  listHours,
  showLedger,
  showStudy,
  sumHours,
  withdrawStudy,
} from './hours.contract.ts'
import './hours.policy.ts'
import { hoursAsked, hoursByPerson, studyPageOf } from './hours.queries.ts'
import { ledgerShown } from './ledger.queries.ts'
import { confirmStudyAction, correctStudyAction, createStudyAction, withdrawStudyAction } from './study-records.actions.ts'

const yearOf = (asked: number | undefined, today: string) => asked ?? Number(today.slice(0, 4))
const mostRows = 20_000

export const hoursRoutes: readonly Route[] = [
  route(listHours, {
    permission: 'learning.hours.read',
    handle: ({ query, read }) => read((db) => hoursAsked(db, query)),
  }),
  route(showLedger, {
    permission: 'learning.hours.read',
    handle: ({ query, read, actor, platform }) =>
      read((db) => ledgerShown(db, actor, { asked: query, today: platform.clock.today() })),
  }),
  route(sumHours, {
    permission: 'learning.hours.read',
    handle: ({ query, read, platform }) => read((db) => hoursByPerson(db, query, yearOf(query.year, platform.clock.today()))),
  }),
  downloadRoute(exportHours, {
    permission: 'learning.hours.read',
    handle: async ({ query, read, platform }) => {
      const year = yearOf(query.year, platform.clock.today())
      const { items } = await read((db) => hoursByPerson(db, { ...query, limit: mostRows }, year))
      const number = (title: string) => ({ title, width: 10 })
      const sheet = {
        name: `${year}年学时`,
        columns: [
          { title: '姓名', width: 14 },
          { title: '组织', width: 28 },
          ...['合计', '集中学习', '培训班', '外派培训', '自学', '政治理论'].map(number),
        ],
        rows: items.map((row) => [
          row.person,
          row.organization,
          row.total,
          row.collective,
          row.class,
          row.sent_out,
          row.self_study,
          row.theory,
        ]),
      }
      return {
        name: `学时-${year}.xlsx`,
        mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        stream: writeWorkbook({ sheets: [sheet] }),
      }
    },
  }),
  route(listCorrections, {
    permission: 'learning.hours.read',
    handle: ({ query, read, actor }) => read((db) => correctionsAsked(db, actor, query)),
  }),
  route(askCorrection, {
    permission: 'learning.correction.ask',
    handle: ({ body, perform }) => perform(askCorrectionAction, body),
  }),
  route(answerCorrection, {
    permission: 'learning.correction.answer',
    handle: ({ params, body, perform }) => perform(answerCorrectionAction, { ...params, ...body }),
  }),
  route(createStudy, {
    permission: 'learning.hours.create',
    handle: ({ body, perform }) => perform(createStudyAction, body),
  }),
  route(showStudy, {
    permission: 'learning.hours.read',
    handle: ({ params, read, actor }) => read((db) => studyPageOf(db, actor, params.id)),
  }),
  route(correctStudy, {
    permission: 'learning.hours.correct',
    handle: ({ params, body, perform }) => perform(correctStudyAction, { ...params, ...body }),
  }),
  route(withdrawStudy, {
    permission: 'learning.hours.withdraw',
    handle: ({ params, body, perform }) => perform(withdrawStudyAction, { ...params, ...body }),
  }),
  route(confirmStudy, {
    permission: 'learning.hours.confirm',
    handle: ({ params, body, perform }) => perform(confirmStudyAction, { ...params, ...body }),
  }),
]
