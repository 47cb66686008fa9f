import { sql } from 'kysely'
import { reading, type Tx } from '../../kernel/database/handles.ts'
import { addDays, type CivilDate } from '../../kernel/time/civil-date.ts'

/**
 * What makes the supervisor's desk worth a look: days after which a reminder goes up, a view that the officer keeps, and two tasks of
 * the branch that visitors see, one overdue and one to be verified.
 */
export async function furnishDesk(
  tx: Tx,
  is: { shownNo: number; unitNo: number; today: CivilDate; by: number; deputy: number; officer: number },
): Promise<void> {
  const db = reading<'supervision' | 'desk'>(tx)
  const given = addDays(is.today, -20)
  await sql`insert into supervision.escalation_rules (organization_no, days, even_in_quiet, reason, set_at, set_by)
    select o.no, '{"case": 5, "task": 5, "problem": 7, "yellow_card": null}'::jsonb, false, '工委会议商定，试行一年。（演示）',
      (${given}::date + time '10:00') at time zone 'Asia/Shanghai', ${is.officer}
    from directory.organizations o where o.kind = 'working_committee' order by o.no limit 1`.execute(db)
  await sql`insert into desk.saved_views (id, account_no, name, filters, kept_at)
    values ('viw_demonstration1', ${is.officer}, '逾期的任务', '{"heap": "overdue", "kind": "task"}',
      (${given}::date + time '10:00') at time zone 'Asia/Shanghai')`.execute(db)
  await sql`with t as (
      insert into supervision.tasks (id, revision, state, organization_no, given_by_no, owner_no, title, criterion, due_on, given_on, given_at, given_by, report, reported_on, reported_by)
      select v.id, v.revision, v.state, ${is.shownNo}, ${is.unitNo}, a.person_no, v.title, v.criterion, ${is.today}::date + v.due, ${given}::date,
        (${given}::date + time '09:00') at time zone 'Asia/Shanghai', ${is.deputy}, v.report, case when v.report is not null then ${addDays(is.today, -1)}::date end,
        case when v.report is not null then ${is.by}::bigint end
      from directory.accounts a cross join (values
        ('tsk_demonstration1', 1, 'assigned', '报送困难党员走访情况（演示）', '三户都走访到并有记录', -4, null),
        ('tsk_demonstration2', 2, 'reported', '更新党员活动室学习资料（演示）', '今年的必读篇目都有', 3, '已经按书目补齐，放在活动室书架。')
      ) v (id, revision, state, title, criterion, due, report) where a.no = ${is.by} returning no, state)
    insert into supervision.task_steps (task_no, revision, action, state, body, reason, acted_on, acted_at, acted_by)
    select no, 1, 'give', 'assigned', '{}'::jsonb, null, ${given}::date, (${given}::date + time '09:00') at time zone 'Asia/Shanghai', ${is.deputy}::bigint from t
    union all select no, 2, 'report', 'reported', '{"report": "已经按书目补齐，放在活动室书架。"}', null, ${addDays(is.today, -1)}::date,
      (${addDays(is.today, -1)}::date + time '16:00') at time zone 'Asia/Shanghai', ${is.by} from t where state = 'reported'`.execute(
    db,
  )
  await sql`insert into supervision.task_evidence (id, task_no, kind, title, said, linked_on, linked_at, linked_by)
    select 'evd_demonstrdesk', no, 'paper', '学习资料清单', '贴在活动室书架上', ${addDays(is.today, -1)}::date, (${addDays(is.today, -1)}::date + time '15:00') at time zone 'Asia/Shanghai', ${is.by}
    from supervision.tasks where id = 'tsk_demonstration2'`.execute(db)
}
