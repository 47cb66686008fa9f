import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { allowsAll, type Work } from '../../../kernel/actions/action.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { chosenOrganizations } from '../meetings/meeting-body.queries.ts'
import { type DualLifeFacts, type DualLifeLine, dualLifeReports, type spans } from './dual-life.contract.ts'

type Span = keyof typeof spans
interface Asked {
  readonly organizationNo: number
  readonly to: CivilDate
  readonly span: Span
}

/** Kinds that a leading member attends as an ordinary member of the own branch or group (ZB15), and who holds them. */
const ordinaryKinds = ['members_meeting', 'group_meeting', 'theme_day', 'organization_life_meeting', 'lecture']
const ordinaryHolders = ['branch', 'joint_branch', 'group']
const posts = ['leading_group_secretary', 'leading_group_deputy', 'leading_group_member']

/** Who stands in a leading group and belongs elsewhere may be nobody whom the reporter is shown; the report says so instead of leaving her out. */
const outside = '组织关系在外单位的一名领导干部'

const firstDay = (to: CivilDate, span: Span): CivilDate =>
  `${to.slice(0, 4)}-${span === 'half' && to.slice(5, 7) > '06' ? '07' : '01'}-01`

/**
 * Leading members on the day: who holds a post of the leading group of the organization's unit. What stands under a committee of the same unit
 * reports those of its own branches alone. The branch is null where membership stands outside of the unit; then the name may be hidden as well.
 */
const leadersOf = ({
  organizationNo,
  to,
}: Asked) => sql`select distinct on (t.person_no) t.person_no as no, p.id, coalesce(p.name, ${outside}) as name,
    p.pinyin, b.name as branch
  from directory.organization_ancestry up join directory.organizations u on u.no = up.ancestor_no and u.kind = 'unit'
  join directory.organization_ancestry down on down.ancestor_no = u.no and down.valid @> ${to}::date
  join directory.organizations g on g.no = down.organization_no and g.kind = 'leading_group'
  join directory.posts t on t.organization_no = g.no and t.post = any (${posts}::text[]) and t.valid @> ${to}::date
  left join directory.persons p on p.no = t.person_no
  left join lateral (select m.organization_no as no, n.name,
      exists (select 1 from directory.organization_ancestry own where own.organization_no = m.organization_no and own.ancestor_no = ${organizationNo}
        and own.valid @> ${to}::date) as own
    from directory.memberships m join directory.organization_ancestry i on i.organization_no = m.organization_no and i.ancestor_no = u.no and i.valid @> ${to}::date
    join directory.organization_names n on n.organization_no = m.organization_no and n.valid @> ${to}::date
    where m.person_no = t.person_no and m.valid @> ${to}::date and m.standing in ('full', 'probationary') order by m.no limit 1) b on true
  where up.organization_no = ${organizationNo} and up.valid @> ${to}::date and (b.own or not exists (
    select 1 from directory.organization_ancestry c join directory.organizations k on k.no = c.ancestor_no and k.kind in ('party_committee', 'general_branch')
    where c.organization_no = ${organizationNo} and c.depth > 0 and c.valid @> ${to}::date))
  order by t.person_no`

interface Row extends Omit<DualLifeLine, 'ordinary' | 'democratic' | 'records'> {
  readonly met: readonly (DualLifeLine['records'][number] & { readonly democratic: boolean })[]
}

/** Who came how often, from the attendance lists that stand: nothing here is typed by anybody. */
export async function dualLifeFactsOf(read: Read, asked: Asked): Promise<{ facts: DualLifeFacts; personNos: number[] }> {
  const from = firstDay(asked.to, asked.span)
  const { rows } = await sql<Row & { no: number }>`select l.no::int as no, l.id as "personId", l.name, l.branch,
      coalesce((select jsonb_agg(jsonb_build_object('id', m.id, 'title', m.title, 'heldOn', m.held_on, 'came', x.presence = 'present',
          'democratic', 'democratic_life_meeting' = any (m.kinds)) order by m.held_on, m.no)
        from orglife.attendances x join orglife.meetings m on m.no = x.meeting_no and m.state = 'recorded' and m.held_on between ${from}::date and ${asked.to}::date
        where x.person_no = l.no and x.presence in ('present', 'absent') and ('democratic_life_meeting' = any (m.kinds) or m.kinds && ${ordinaryKinds}::text[]
          and exists (select 1 from orglife.meeting_organizations mo join directory.organizations o on o.no = mo.organization_no
            where mo.meeting_no = m.no and o.kind = any (${ordinaryHolders}::text[])))), '[]') as met
    from (${leadersOf(asked)}) l order by l.pinyin nulls last, l.no`.execute(reading<'orglife' | 'directory'>(read))
  const lines = rows.map(({ met, no: _no, ...line }) => {
    const count = (democratic: boolean) => {
      const these = met.filter((one) => one.democratic === democratic)
      return { called: these.length, came: these.filter(({ came }) => came).length }
    }
    const records = met.map(({ democratic: _democratic, ...record }) => record)
    return { ...line, ordinary: count(false), democratic: count(true), records }
  })
  return { facts: { from, to: asked.to, lines }, personNos: rows.map(({ no }) => no) }
}

/** The report before it is made, for those who may make it. */
export async function dualLifeProposalOf(
  read: Read,
  actor: Actor,
  asked: { organization: string; to: CivilDate; span: Span },
): Promise<DualLifeFacts> {
  const [organization] = await chosenOrganizations(read, [asked.organization])
  const permission = `${dualLifeReports.permission}.record` as const
  if (!organization || !(await allowsAll(read, actor, { permission, organizations: [organization.no] })))
    throw new Problem('directory.organization_not_found')
  return (await dualLifeFactsOf(read, { organizationNo: organization.no, to: asked.to, span: asked.span })).facts
}

/** Adds to a report what records say on its day, and names those whom it is about, so that each of them sees it. */
export async function completeDualLife(
  work: Work,
  given: { organizationNo: number; heldOn: CivilDate; content: Readonly<Record<string, unknown>> },
) {
  const { organizationNo, heldOn: to, content } = given
  const { facts, personNos } = await dualLifeFactsOf(work.tx, { organizationNo, to, span: content['span'] as Span })
  if (facts.lines.length === 0) throw new Problem('orglife.no_leading_members')
  return { content: { ...content, ...facts }, people: personNos.map((personNo) => ({ personNo, role: 'leader' })) }
}
