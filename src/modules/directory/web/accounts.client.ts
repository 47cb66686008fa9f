import { call } from '../../../kernel/http/call.ts'
import type { FilterValues } from '../../../ui/query-table-shape.ts'
import type { Tone } from '../../../ui/status-tag.tsx'
import { type accountStates, listAccounts } from '../accounts/accounts.contract.ts'
import type { administrators } from '../grants/roles.contract.ts'

export type AccountLine = Awaited<ReturnType<typeof readAccounts>>['items'][number]
type State = keyof typeof accountStates

/** A page of the accounts by the list's filters. */
export function readAccounts(values: FilterValues, after: string | null, signal: AbortSignal) {
  const query = {
    limit: 100,
    ...(after && { after }),
    ...(values.text && { text: values.text }),
    ...(values.state && { state: values.state as State }),
    ...(values.administrator && { administrator: values.administrator as keyof typeof administrators }),
  }
  return call(listAccounts, { query }, { signal })
}

export const accountTones: Readonly<Record<State, Tone>> = { pending: 'late', active: 'done', disabled: 'none' }
