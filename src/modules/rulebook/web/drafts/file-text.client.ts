import { useQuery } from '@tanstack/react-query'
import { CallProblem, Unreachable } from '../../../../kernel/http/call.ts'

/** The text of a file that the server gives for download. */
export function useFileText(href: string, version: number) {
  return useQuery({
    queryKey: ['rule-file', href, version],
    queryFn: async ({ signal }) => {
      const answer = await fetch(href, { credentials: 'same-origin', cache: 'no-store', signal }).catch((cause: unknown) => {
        throw new Unreachable('the server did not answer', { cause })
      })
      if (answer.ok) return await answer.text()
      throw new CallProblem({ code: 'web.no_file', status: answer.status, detail: '没有读出文件，请稍后再试。' })
    },
  })
}
