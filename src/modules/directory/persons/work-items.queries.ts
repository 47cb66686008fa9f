import { sql } from 'kysely'
import { organizationsFor } from '../../../kernel/access/permissions.ts'
import { asEngine, type Read, reading } from '../../../kernel/database/handles.ts'
import { declareWorkItems, type WorkItem } from '../../../kernel/work-items/registry.ts'
import { branchKinds } from '../organizations/organizations.contract.ts'
import './persons.policy.ts'

const kind = 'directory.branchless'
const mostNamed = 3
/** Whoever keeps more organizations than this leaves it to those below: it would read the whole province for each first page. */
const mostOrganizations = 5_000

interface Branchless {
  readonly id: string
  readonly name: string
  readonly total: number
}

/** Members whose file is kept under the given organizations and who belong to no branch today, by name. */
async function branchlessUnder(read: Read, tops: readonly number[]): Promise<Branchless[]> {
  const { rows } = await asEngine(read, () =>
    sql<Branchless>`with kept as materialized (select distinct a.organization_no as no from directory.organization_ancestry a
        where a.ancestor_no = any (${`{${tops.join(',')}}`}::bigint[]) and upper_inf(a.valid) limit ${mostOrganizations + 1})
      select p.id, p.name, (count(*) over ())::int as total from directory.persons p
      where (select count(*) from kept) <= ${mostOrganizations} and p.home_no in (select no from kept) and p.left_on is null
        and p.category in ('full_member', 'probationary_member') and p.membership_state = 'normal'
        and not exists (select from directory.memberships m join directory.organizations o on o.no = m.organization_no
          where m.person_no = p.no and upper_inf(m.valid) and o.kind = any (${[...branchKinds]}::text[]))
      order by p.pinyin, p.no limit ${mostNamed}`.execute(reading<'directory'>(read)),
  )
  return rows
}

/** 每名党员都编入一个支部 (constitution, article 8): whoever is in none, as one item that opens the first. */
function branchlessItem(found: readonly Branchless[]): WorkItem[] {
  const [first] = found
  if (!first) return []
  const names = found.map(({ name }) => name).join('、')
  const detail = `${names}${first.total > found.length ? '等' : ''}，请办理转接，编入支部`
  return [
    {
      id: kind,
      kind,
      title: `${first.total} 名党员没有编入支部`,
      detail,
      due: null,
      tone: 'soon',
      link: `/persons/${first.id}`,
      count: first.total,
    },
  ]
}

declareWorkItems({
  kind,
  list: async (read, actor) => {
    const tops = organizationsFor(actor, 'directory.person.move')
    return tops.length === 0 ? [] : branchlessItem(await branchlessUnder(read, tops))
  },
})
