import type { Work } from '../../../kernel/actions/action.ts'
import { dualLifeReports } from '../dual-life/dual-life.contract.ts'
import { completeDualLife } from '../dual-life/dual-life.queries.ts'
import type { EntryContent } from './entry-kind.contract.ts'
import type { EntryBody } from './entries.store.ts'

/** Adds to an entry what records say, where its kind is a report on records; kinds without a line stand as they were entered. */
type Completion = (
  work: Work,
  given: { readonly organizationNo: number; readonly heldOn: string; readonly content: EntryContent },
) => Promise<Pick<EntryBody, 'content' | 'people'>>

const completions: Readonly<Record<string, Completion>> = { [dualLifeReports.code]: completeDualLife }

export async function completedBy(work: Work, code: string, body: EntryBody): Promise<EntryBody> {
  const complete = completions[code]
  const [organizationNo] = body.organizationNos
  if (!complete || organizationNo === undefined) return body
  const added = await complete(work, { organizationNo, heldOn: body.heldOn, content: body.content })
  return { ...body, content: added.content, people: [...body.people, ...added.people] }
}
