import type { Actor } from '../../../kernel/access/actor.ts'
import type { Read } from '../../../kernel/database/handles.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import type { Obligation } from './obligations.contract.ts'
import { dutiesOf, matches, type ObligationsAsked, obligationsAsked, spanOf } from './obligations.queries.ts'
import { guardSubject } from './subject-guard.queries.ts'
import { branchKinds } from '../../directory/organizations/organizations.contract.ts'
import { groupsUnder, subjectOf } from './subjects.queries.ts'

const branches: readonly string[] = branchKinds

/**
 * The list as asked for: the duties of one subject worked out, not yet due and not applicable included; without a subject, the
 * stored ones in the reader's scope, page by page.
 */
export async function obligationsFor(
  read: Read,
  asked: { query: ObligationsAsked; actor: Actor; today: CivilDate },
): Promise<{ items: Obligation[]; next: string | null }> {
  const { query, actor, today } = asked
  if (query.subject === undefined) return obligationsAsked(read, query)
  const subject = await subjectOf(read, query.subject)
  await guardSubject(read, actor, subject)
  const { from, to } = spanOf(query.period ?? today.slice(0, 4))
  // Whoever reads an organization reads what stands under it, so the groups need no guard of their own.
  const subjects =
    query.groups === 'yes' && branches.includes(subject.organizationKind ?? '') ? await groupsUnder(read, subject) : []
  const duties: Obligation[] = []
  for (const each of [subject, ...subjects]) duties.push(...(await dutiesOf(read, { subject: each, asOf: today, from, to })))
  const inside = query.period === undefined ? duties : duties.filter((duty) => within(duty.period, from, to))
  return { items: inside.filter((duty) => matches(duty, query)), next: null }
}

/** Longer periods than the asked one are not listed with it. */
function within(name: string, from: CivilDate, to: CivilDate): boolean {
  const own = spanOf(name)
  return own.from >= from && own.to <= to
}
