import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { organizationById } from '../../directory/index.ts'
import type { Obligation } from '../obligations/obligations.contract.ts'
import { dutiesOf, spanOf } from '../obligations/obligations.queries.ts'
import { subjectOf } from '../obligations/subjects.queries.ts'
import type { Obliged } from './relief.store.ts'

export interface AskedDuty {
  readonly requirement: string
  readonly subject: string
  readonly period: string
}

/** The duty that is asked about, as it stands today. Throws where the subject does not owe it. */
export async function obligedOf(read: Read, asked: AskedDuty, today: CivilDate): Promise<{ of: Obliged; duty: Obligation }> {
  const subject = await subjectOf(read, asked.subject)
  const { from, to } = spanOf(asked.period)
  const duties = await dutiesOf(read, { subject, asOf: today, from, to })
  const duty = duties.find((each) => each.requirement === asked.requirement && each.period === asked.period)
  if (!duty || duty.status === 'exempt' || duty.status === 'not_applicable') throw new Problem('rulebook.not_due_of_subject')
  const period = await reading<'rulebook'>(read)
    .selectFrom('rulebook.periods')
    .select('no')
    .where('name', '=', asked.period)
    .executeTakeFirst()
  const organization = await organizationById(read, duty.organization.id)
  if (!period) throw new Problem('rulebook.not_due_of_subject')
  const of: Obliged = {
    requirement: asked.requirement,
    subjectKind: subject.kind,
    subjectNo: subject.no,
    organizationNo: organization.no,
    periodNo: period.no,
    periodEnds: to,
  }
  return { of, duty }
}
