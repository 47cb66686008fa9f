import { sql } from 'kysely'
import { action, type Work } from '../../../kernel/actions/action.ts'
import { writing } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { newId } from '../../../kernel/identity/ids.ts'
import { factsChanged } from '../engine/engine.actions.ts'
import { declareNotDone } from './obligations.contract.ts'
import { dutiesOf, spanOf } from './obligations.queries.ts'
import { subjectOf } from './subjects.queries.ts'

const touchedBy = async (work: Work, input: { subject: string }) => (await subjectOf(work.tx, input.subject)).organizations

/** 未开展: said by the subject itself, with a reason; the status becomes unmet rather than not reported. */
export const declareNotDoneAction = action({
  name: 'rulebook.obligation.declare_not_done',
  input: declareNotDone.body,
  touches: touchedBy,
  run: async (work, input) => {
    const subject = await subjectOf(work.tx, input.subject)
    const { from, to } = spanOf(input.period)
    const duties = await dutiesOf(work.tx, { subject, asOf: work.today, from, to })
    const duty = duties.find((each) => each.requirement === input.requirement && each.period === input.period)
    if (!duty || duty.status === 'exempt' || duty.status === 'not_applicable') throw new Problem('rulebook.not_due_of_subject')
    if (duty.status === 'met' || duty.status === 'met_late') throw new Problem('rulebook.already_met')
    const id = newId('dec')
    const [organizationNo] = subject.organizations
    const entered = await writing<'rulebook'>(work.tx)
      .insertInto('rulebook.declarations')
      .columns([
        'id',
        'requirement_code',
        'subject_kind',
        'subject_no',
        'organization_no',
        'period_no',
        'reason',
        'declared_by',
        'declared_at',
      ])
      .expression((e) =>
        e
          .selectFrom('rulebook.periods')
          .select(({ val, ref }) => [
            val(id).as('id'),
            val(input.requirement).as('requirement_code'),
            sql<string>`${subject.kind}::"char"`.as('subject_kind'),
            sql<number>`${subject.no}::bigint`.as('subject_no'),
            sql<number>`${organizationNo ?? 0}::bigint`.as('organization_no'),
            ref('rulebook.periods.no').as('period_no'),
            val(input.reason).as('reason'),
            sql<number>`${work.actor.accountNo}::bigint`.as('declared_by'),
            sql<Date>`${work.now}::timestamptz`.as('declared_at'),
          ])
          .where('name', '=', input.period),
      )
      .onConflict((conflict) => conflict.doNothing())
      .returning('no')
      .executeTakeFirst()
    if (!entered) throw new Problem('rulebook.already_declared')
    await factsChanged(work, { organizations: subject.organizations, dates: [from, to < work.today ? to : work.today] })
    return {
      reply: { id },
      objects: [
        { kind: 'declaration', id },
        { kind: 'subject', id: input.subject },
      ],
      fields: { requirement: input.requirement, period: input.period, reason: input.reason },
    }
  },
})
