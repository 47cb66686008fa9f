import { sql } from 'kysely'
import type { Work } from '../../../kernel/actions/action.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { resumeClock, stopClock } from '../../rulebook/index.ts'
import type { StoredCase } from './cases.store.ts'

interface Owed {
  readonly requirement: string
  readonly subject: string
  readonly period: string
}

/** The obligation that a case is about; null for a case of another source. */
async function owedBehind(read: Read, { no }: StoredCase): Promise<Owed | null> {
  const { rows } = await sql<Owed>`select c.requirement_code as requirement, c.period, coalesce(
      (select s.id from directory.persons s where c.subject_kind = 'p' and s.no = c.subject_no),
      (select o.id from directory.organizations o where c.subject_kind = 'o' and o.no = c.subject_no)) as subject
    from supervision.cases c where c.no = ${no} and c.source = 'obligation' and c.requirement_code is not null and c.period is not null
      and c.subject_no is not null`.execute(reading<'supervision' | 'directory'>(read))
  return rows[0] ?? null
}

/** What is no longer owed has no clock, and a clock that stands for another reason goes on standing. */
const without: readonly string[] = ['rulebook.not_due_of_subject', 'rulebook.relief_open']

/**
 * While a case of an obligation waits for those above, the obligation's clock stands, and goes again with the case: explaining a figure
 * names what is waited for. Whatever ends the wait of the case ends this one.
 */
export async function clockFollows(work: Work, before: StoredCase, change: { after: StoredCase; why: string }): Promise<void> {
  const { after, why } = change
  if (before.waitingSince !== null && after.waitingSince === null) {
    await resumeClock(work, { waitsOn: after.id, answer: why })
    return
  }
  if (before.waitingSince !== null || after.waitingSince === null) return
  const owed = await owedBehind(work.tx, after)
  if (owed === null) return
  try {
    await stopClock(work, { ...owed, waitingFor: why, waitsOn: after.id })
  } catch (error) {
    if (!(error instanceof Problem && without.includes(error.code))) throw error
  }
}
