import { sql } from 'kysely'
import { reading, type Tx } from '../../kernel/database/handles.ts'
import { addDays, type CivilDate } from '../../kernel/time/civil-date.ts'

interface Made {
  readonly id: string
  readonly title: string
  readonly description: string
  readonly source: 'self' | 'masses' | 'mutual' | 'superior'
  readonly dimension: string
  readonly ago: number
  readonly accepted: boolean
}

const made: readonly Made[] = [
  {
    id: 'prb_demonstration1',
    title: '支部学习记录写得太简单，看不出学了什么',
    description: '上半年有三次只写了“学习文件”，没有篇目，也没有讨论了什么。（演示）',
    source: 'self',
    dimension: 'D2',
    ago: 40,
    accepted: true,
  },
  {
    id: 'prb_demonstration2',
    title: '支部学习记录又写得太简单，没有篇目',
    description: '十月的两次学习仍然没有写篇目。（演示）',
    source: 'mutual',
    dimension: 'D2',
    ago: 6,
    accepted: false,
  },
]

/** Two problems of the branch that visitors see, the later one much like the earlier, and a letter of nobody's to be sifted. */
export async function raiseDemonstration(
  tx: Tx,
  is: { shownNo: number; unitNo: number; today: CivilDate; by: number; deputy: number },
): Promise<void> {
  const db = reading<'supervision'>(tx)
  for (const one of made) {
    const on = addDays(is.today, -one.ago)
    const state = one.accepted ? 'rectifying' : 'raised'
    await sql`with p as (
        insert into supervision.problems (id, revision, state, organization_no, title, description, source, dimension, raised_on, raised_by, owner_no, due_on, remedies)
        select ${one.id}, ${one.accepted ? 2 : 1}, ${state}, ${is.shownNo}, ${one.title}, ${one.description}, ${one.source}, ${one.dimension}, ${on}::date, ${is.by},
          case when ${one.accepted} then a.person_no end, case when ${one.accepted} then ${addDays(is.today, 9)}::date end,
          case when ${one.accepted} then '每次学习写明篇目和讨论的问题，书记月末看一遍' end
        from directory.accounts a where a.no = ${is.by} returning no)
      insert into supervision.record_steps (kind, record_no, revision, action, state, body, reason, signed_as, acted_at, acted_by)
      select 'problem', no, 1, 'raise', 'raised', '{}'::jsonb, null, '支部书记', (${on}::date + time '10:00') at time zone 'Asia/Shanghai', ${is.by}::bigint from p
      union all select 'problem', no, 2, 'accept', 'rectifying', '{}', '情况属实', '专职副书记',
        (${addDays(on, 1)}::date + time '15:00') at time zone 'Asia/Shanghai', ${is.deputy} from p where ${one.accepted}`.execute(
      db,
    )
  }
  await sql`insert into supervision.letters (id, organization_no, dimension, body, told_on)
    values ('ltr_demonstration01', ${is.unitNo}, 'D5', '服务窗口中午经常没有人，电话也没有人接。（演示）', ${addDays(is.today, -2)}::date)`.execute(
    db,
  )
}
