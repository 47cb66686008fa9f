import { useQuery } from '@tanstack/react-query'
import { call, CallProblem, request } from '../../../kernel/http/call.ts'
import { showRosterImport, type RosterImportPage, uploadRoster } from '../roster/roster.contract.ts'

/** Sends a workbook to be checked; the same key for the same attempt. Answers the import's id. */
export async function sendRoster(organization: string, file: File, idempotencyKey: string): Promise<string> {
  const body = new FormData()
  body.append('file', file, file.name)
  const reply = await request(
    { method: uploadRoster.method, path: uploadRoster.path, query: { organization }, body },
    { idempotencyKey },
  )
  const read = uploadRoster.reply.safeParse(reply)
  if (read.success) return read.data.id
  throw new CallProblem({ code: 'web.reply_unreadable', status: 502, detail: '页面和系统的版本不一致。请刷新页面再试。' })
}

/** True while the server is at work on it. */
export function underWay(one: Pick<RosterImportPage, 'state'>): boolean {
  return one.state === 'checking' || one.state === 'importing'
}

/** One import, asked again and again while the server is at work on it. */
export function useRosterImport(id: string, importing: boolean) {
  return useQuery({
    queryKey: ['roster-import', id],
    queryFn: ({ signal }) => call(showRosterImport, { params: { id } }, { signal }),
    refetchInterval: (query) => (importing || (query.state.data && underWay(query.state.data)) ? 700 : false),
  })
}
