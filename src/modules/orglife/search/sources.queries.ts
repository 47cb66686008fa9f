import { sql } from 'kysely'
import { declareSearch } from '../../../kernel/search/registry.ts'

declareSearch({
  kind: 'meeting',
  noun: '会议',
  permission: 'orglife.meeting.read',
  version: 1,
  link: (id) => `/meetings/${encodeURIComponent(id)}`,
  source: sql`select m.no, m.id, (select array_agg(o.organization_no order by o.organization_no = m.organization_no desc, o.organization_no)
      from orglife.meeting_organizations o where o.meeting_no = m.no) as organization_nos, m.title,
    concat_ws(' ', (select string_agg(a.title, ' ' order by a.position) from orglife.agenda_items a where a.meeting_no = m.no),
      (select string_agg(r.content, ' ' order by r.position) from orglife.resolutions r where r.meeting_no = m.no), m.place, m.minutes) as words,
    m.held_on as happened_on
    from orglife.meetings m where m.state in ('planned', 'recorded')`,
})

declareSearch({
  kind: 'work_record',
  noun: '工作纪实',
  permission: 'orglife.work_record.read',
  version: 1,
  link: (id) => `/work-records/${encodeURIComponent(id)}`,
  source: sql`select w.no, w.id, (select array_agg(o.organization_no order by o.organization_no = w.organization_no desc, o.organization_no)
      from orglife.work_record_organizations o where o.record_no = w.no) as organization_nos, w.title,
    concat_ws(' ', w.content, w.result, w.place) as words, w.held_on as happened_on
    from orglife.work_records w where w.state = 'recorded'`,
})
