import { writeWorkbook } from '../../../kernel/files/workbook-writer.ts'
import { downloadRoute, type Route, route } from '../../../kernel/http/route.ts'
import { paperFile } from '../../../kernel/papers/paper-file.ts'
import { entryPaper } from './entries.papers.ts'
import './entries.policy.ts'
import { entryActionsOf } from './entries.actions.ts'
import { entriesAsked, entryPageOf } from './entries.queries.ts'
import { entryFormOf } from './entry-form.queries.ts'
import type { EntryKind } from './entry-kind.contract.ts'
import { entrySheet } from './entry-sheet.papers.ts'
import { entryKinds } from './kinds.contract.ts'

const mostRows = 20_000

function readRoutes(kind: EntryKind): Route[] {
  const { endpoints, noun } = kind
  const permission = `${kind.permission}.read` as const
  return [
    route(endpoints.form, {
      permission: `${kind.permission}.record`,
      handle: ({ query, read, actor, platform }) =>
        read((db) => entryFormOf(db, kind, { ...query, actor, today: platform.clock.today() })),
    }),
    downloadRoute(endpoints.sheet, {
      permission,
      handle: async ({ query, read, platform }) => {
        const { items, total } = await read((db) => entriesAsked(db, kind, { ...query, limit: mostRows }))
        return {
          name: `${noun}-${platform.clock.today()}.xlsx`,
          mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
          stream: writeWorkbook({ sheets: [entrySheet(kind, items, total)] }),
        }
      },
    }),
    route(endpoints.list, { permission, handle: ({ query, read }) => read((db) => entriesAsked(db, kind, query)) }),
    downloadRoute(endpoints.paper, {
      permission,
      handle: async ({ params, read, actor }) => {
        const entry = await read((db) => entryPageOf(db, { kind, actor, id: params.id }))
        return paperFile(`${noun}-${entry.title}`, entryPaper(kind, entry))
      },
    }),
    route(endpoints.show, {
      permission,
      handle: ({ params, read, actor }) => read((db) => entryPageOf(db, { kind, actor, id: params.id })),
    }),
  ]
}

function actRoutes(kind: EntryKind): Route[] {
  const { endpoints } = kind
  const { record, correct, withdraw } = entryActionsOf(kind)
  const may = (verb: string) => `${kind.permission}.${verb}` as const
  return [
    route(endpoints.record, { permission: may('record'), handle: ({ body, perform }) => perform(record, body) }),
    route(endpoints.correct, {
      permission: may('correct'),
      handle: ({ params, body, perform }) => perform(correct, { ...params, ...body }),
    }),
    route(endpoints.withdraw, {
      permission: may('withdraw'),
      handle: ({ params, body, perform }) => perform(withdraw, { ...params, ...body }),
    }),
  ]
}

/** Every kind's own resource in the interface. */
export const entriesRoutes: readonly Route[] = entryKinds.flatMap((kind) => [...readRoutes(kind), ...actRoutes(kind)])
