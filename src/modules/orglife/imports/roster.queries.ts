import type { Read } from '../../../kernel/database/handles.ts'
import { type Expected, expectedAt } from '../meetings/expected.queries.ts'

/** People of an organization on a day, asked once for each day. */
export function rosterOf(read: Read, organizationNo: number): (day: string) => Promise<Expected[]> {
  const known = new Map<string, Promise<Expected[]>>()
  return (day) => {
    const people = known.get(day) ?? expectedAt(read, [organizationNo], day)
    known.set(day, people)
    return people
  }
}
