import { writeWorkbook } from '../../../kernel/files/workbook-writer.ts'
import { downloadRoute, type Route, route } from '../../../kernel/http/route.ts'
import { paperFile } from '../../../kernel/papers/paper-file.ts'
import * as acts from './political-checks.actions.ts'
import * as contract from './political-checks.contract.ts'
import { checkPaperOf, checksSheet } from './political-checks.papers.ts'
import { checkPageOf, checksAsked } from './political-checks.queries.ts'

const readers = 'orglife.political_check.read'
const mostChecks = 300

export const politicalChecksRoutes: readonly Route[] = [
  route(contract.listChecks, {
    permission: readers,
    handle: ({ query, read, actor }) => read((db) => checksAsked(db, query, actor)),
  }),
  downloadRoute(contract.exportChecks, {
    permission: readers,
    handle: async ({ query, read, actor }) => {
      const pages = await read(async (db) => {
        const { items } = await checksAsked(db, { ...query, limit: mostChecks }, actor)
        const found: contract.CheckPage[] = []
        for (const { id } of items) found.push(await checkPageOf(db, id, actor))
        return found
      })
      return {
        name: '专项考察.xlsx',
        mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        stream: writeWorkbook({ sheets: [checksSheet(pages)] }),
      }
    },
  }),
  route(contract.showCheck, {
    permission: readers,
    handle: ({ params, read, actor }) => read((db) => checkPageOf(db, params.id, actor)),
  }),
  downloadRoute(contract.checkPaper, {
    permission: readers,
    handle: async ({ params, read, actor }) => {
      const page = await read((db) => checkPageOf(db, params.id, actor))
      return paperFile(`专项考察-${page.organization.name}`, checkPaperOf(page))
    },
  }),
  route(contract.startCheck, {
    permission: 'orglife.political_check.start',
    handle: ({ body, perform }) => perform(acts.startCheckAction, body),
  }),
  route(contract.fillCheck, {
    permission: 'orglife.political_check.fill',
    handle: ({ params, perform }) => perform(acts.fillCheckAction, params),
  }),
  route(contract.findInCheck, {
    permission: 'orglife.political_check.find',
    handle: ({ params, body, perform }) => perform(acts.findInCheckAction, { ...params, ...body }),
  }),
  route(contract.concludeCheck, {
    permission: 'orglife.political_check.conclude',
    handle: ({ params, body, perform }) => perform(acts.concludeCheckAction, { ...params, ...body }),
  }),
  route(contract.answerCheck, {
    permission: 'orglife.political_check.answer',
    handle: ({ params, body, perform }) => perform(acts.answerCheckAction, { ...params, ...body }),
  }),
  route(contract.withdrawCheck, {
    permission: 'orglife.political_check.withdraw',
    handle: ({ params, body, perform }) => perform(acts.withdrawCheckAction, { ...params, ...body }),
  }),
]
