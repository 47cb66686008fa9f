import { type OutCell, writeWorkbook } from '../../../kernel/files/workbook-writer.ts'
import { downloadRoute, type Route, route } from '../../../kernel/http/route.ts'
import { placeAsked } from '../indicators/indicators.queries.ts'
import { ceiling } from './burden.rules.ts'
import * as acts from './data-requests.actions.ts'
import * as contract from './data-requests.contract.ts'
import './data-requests.policy.ts'
import { answersOf, requestShown, requestsAsked } from './data-requests.queries.ts'
import { mostAsked, weigh, yearOf } from './weighing.queries.ts'

const issue = 'rulebook.data_request.issue'
const reads = 'rulebook.data_request.read'

export const dataRequestsRoutes: readonly Route[] = [
  route(contract.listRequests, {
    permission: reads,
    handle: ({ query, read, actor, platform }) =>
      read((db) => requestsAsked(db, query, { actor, today: platform.clock.today() })),
  }),
  route(contract.showRequest, {
    permission: reads,
    handle: ({ params, read, actor, platform }) =>
      read((db) => requestShown(db, params.id, { actor, today: platform.clock.today() })),
  }),
  route(contract.weighRequest, {
    permission: issue,
    handle: ({ body: { issuerId, ...body }, read, actor }) =>
      read(async (db) => {
        const issuer = await placeAsked(db, issuerId, actor.readOrganizations)
        return weigh(db, { body, issuerNo: issuer.no, requestNo: null, rootNo: issuer.no })
      }),
  }),
  route(contract.draftRequest, { permission: issue, handle: ({ body, perform }) => perform(acts.draftRequestAction, body) }),
  route(contract.editRequest, {
    permission: issue,
    handle: ({ params, body, perform }) => perform(acts.editRequestAction, { ...params, ...body }),
  }),
  route(contract.publishRequest, {
    permission: issue,
    handle: ({ params, perform }) => perform(acts.publishRequestAction, params),
  }),
  route(contract.discardRequest, {
    permission: issue,
    handle: ({ params, perform }) => perform(acts.discardRequestAction, params),
  }),
  route(contract.endRequest, {
    permission: issue,
    handle: ({ params, body, perform }) => perform(acts.endRequestAction, { ...params, ...body }),
  }),
  route(contract.answerRequest, {
    permission: 'rulebook.data_request.answer',
    handle: ({ params, body, perform }) => perform(acts.answerRequestAction, { ...params, ...body }),
  }),
  route(contract.listAnswers, {
    permission: reads,
    handle: ({ params, query, read }) =>
      read(async (db) => ({ items: (await answersOf(db, params.id, query.dueOn)).items, next: null })),
  }),
  downloadRoute(contract.exportAnswers, {
    permission: reads,
    handle: async ({ params, query, read }) => {
      const { items, fields } = await read((db) => answersOf(db, params.id, query.dueOn))
      const columns = [
        { title: '组织', width: 32 },
        { title: '填报日期', width: 12 },
        ...fields.map(({ title, unit }) => ({ title: unit ? `${title}（${unit}）` : title, width: 20 })),
      ]
      const rows = items.map(({ organization, answeredOn, values }): OutCell[] => [
        organization.name,
        answeredOn ?? '未填',
        ...fields.map(({ key }) => values?.[key]),
      ])
      return {
        name: `专项填报-${query.dueOn}.xlsx`,
        mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        stream: writeWorkbook({ sheets: [{ name: '填报结果', columns, rows }] }),
      }
    },
  }),
  route(contract.showBurden, {
    permission: reads,
    handle: ({ query, read, actor }) =>
      read(async (db) => {
        const { no, id, name, kind } = await placeAsked(db, query.organization, actor.readOrganizations)
        const items = await yearOf(db, no, query.year)
        return {
          organization: { id, name, kind },
          year: query.year,
          ceiling,
          most: await mostAsked(db, no, query.year),
          hours: Math.round(items.reduce((sum, each) => sum + each.hours, 0) * 10) / 10,
          items: items.map(({ id: request, title, issuer, rounds, recipients, minutesEach, hours }) => ({
            id: request,
            title,
            issuer,
            rounds,
            recipients,
            minutesEach,
            hours,
          })),
        }
      }),
  }),
]
