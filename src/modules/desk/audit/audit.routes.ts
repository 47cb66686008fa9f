import { downloadRoute, type Route, route } from '../../../kernel/http/route.ts'
import { auditing, verifyAction } from './audit.actions.ts'
import { exportAuditEntries, listAuditEntries, listCheckpoints, verifyAudit } from './audit.contract.ts'
import { exportStatement, exportStream } from './audit-export.queries.ts'
import { checkpointsOf, searchLedger } from './audit.queries.ts'

const mediaTypes = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ndjson: 'application/x-ndjson',
} as const

/** The audit desk, for the audit administrator alone. */
export const auditRoutes: readonly Route[] = [
  route(listAuditEntries, {
    permission: 'desk.audit.read',
    handle: ({ query: { after, limit, ...filters }, platform, actor, requestId }) =>
      auditing({ platform, actor, requestId }, 'desk.audit.read', {
        filters,
        work: (read) => searchLedger(read, filters, { after, limit }),
      }),
  }),
  downloadRoute(exportAuditEntries, {
    permission: 'desk.audit.export',
    handle: async ({ query: { format, ...filters }, platform, actor, requestId }) => {
      const statement = await auditing({ platform, actor, requestId }, 'desk.audit.export', {
        filters: { ...filters, format },
        work: (read) => Promise.resolve(exportStatement(read, filters)),
      })
      const name = `台账-${platform.clock.today()}.${format}`
      return { name, mediaType: mediaTypes[format], stream: exportStream(platform, statement, format) }
    },
  }),
  route(listCheckpoints, { permission: 'desk.audit.read', handle: ({ query, read }) => read((db) => checkpointsOf(db, query)) }),
  route(verifyAudit, { permission: 'desk.audit.verify', handle: ({ body, perform }) => perform(verifyAction, body) }),
]
