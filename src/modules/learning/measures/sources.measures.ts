import { type RawBuilder, sql } from 'kysely'

/** Where a figure about training comes from: the record, what it gives, and when it was entered. */
interface Asked {
  readonly tags: readonly string[]
  readonly targetGroups?: readonly string[] | undefined
}

const texts = (list: readonly string[]) => sql`${[...list]}::text[]`

const tagged = (tags: readonly string[]) =>
  sql`exists (select 1 from orglife.work_record_tags t where t.record_no = w.no and t.tag = any (${texts(tags)}))`

const forGroups = ({ targetGroups }: Asked) =>
  targetGroups === undefined ? sql`` : sql`and c.target_group = any (${texts(targetGroups)})`

/** What one person took part in within a duty's days: record_kind, record_no, hours, recorded_on, reason. */
export function ofPerson(asked: Asked & { readonly sentOut: boolean; readonly selfStudy: boolean }): RawBuilder<unknown> {
  const kinds = [...(asked.sentOut ? ['sent_out'] : []), ...(asked.selfStudy ? ['self_study'] : [])]
  return sql`due d join lateral (
    select 'work-record' as record_kind, w.no as record_no, w.hours, w.recorded_on,
      case when w.hours is null then '没有填学时' end as reason
    from orglife.work_record_persons rp join orglife.work_records w on w.no = rp.record_no and w.state = 'recorded'
    where rp.person_no = d.subject_no and rp.held_on between d.starts and d.ends and ${tagged(asked.tags)}
    union all
    select 'training-class', c.no, x.hours, c.recorded_on, case when x.hours = 0 then '缺课，没有计入学时' end
    from learning.participants x join learning.classes c on c.no = x.class_no and c.state = 'held' ${forGroups(asked)}
    where x.person_no = d.subject_no and x.held_on between d.starts and d.ends and x.hours is not null
    union all
    select 'study-record', s.no, s.credited, s.recorded_on, case when s.credited = 0 then '超过当年自学上限，没有计入学时' end
    from learning.study_records s
    where s.person_no = d.subject_no and s.held_on between d.starts and d.ends and s.state = 'confirmed' and s.kind = any (${texts(kinds)})) b
    on d.subject_kind = 'p'`
}

const standing: Readonly<Record<'own' | 'below', RawBuilder<unknown>>> = {
  own: sql`(select d.organization_no) h`,
  below: sql`(select distinct a.organization_no from directory.organization_ancestry a
      where a.ancestor_no = d.organization_no and a.valid @> least(d.ends, d.as_of) offset 0) h`,
}

/**
 * What organizations held within a duty's days: record_kind, record_no, hours, theory_hours, recorded_on, below. Of a work record the hours
 * of its category count whole.
 */
export function heldBy(
  asked: Asked & { readonly organizer: 'own' | 'below'; readonly categories: readonly string[] },
): RawBuilder<unknown> {
  return sql`due d join lateral (
    select distinct on (w.no) 'work-record' as record_kind, w.no as record_no, coalesce(w.hours, 0) as hours,
      case when exists (select 1 from orglife.work_record_tags t where t.record_no = w.no and t.tag = any (${texts(asked.tags)})
        and t.category = any (${texts(asked.categories)})) then coalesce(w.hours, 0) else 0 end as theory_hours, w.recorded_on, false as below
    from ${standing[asked.organizer]} join orglife.work_record_organizations ro on ro.organization_no = h.organization_no
      and ro.held_on between d.starts and d.ends join orglife.work_records w on w.no = ro.record_no and w.state = 'recorded'
    where ${tagged(asked.tags)}
    union all
    select 'training-class', c.no, c.hours, c.theory_hours, c.recorded_on, c.theory_hours * 10 < c.hours * 7
    from ${standing[asked.organizer]} join learning.classes c on c.organization_no = h.organization_no and c.state = 'held'
      and c.ends_on between d.starts and d.ends ${forGroups(asked)}) b
    on d.subject_kind = 'o'`
}

export const columns = sql`d.subject_kind, d.subject_no, d.organization_no, d.period_no, b.record_kind, b.record_no`
