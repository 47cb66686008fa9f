import { sql } from 'kysely'
import { reading, type Tx } from '../../kernel/database/handles.ts'
import { addMonths, type CivilDate } from '../../kernel/time/civil-date.ts'
import { deriveWholeAncestry } from '../../modules/directory/index.ts'
import { namePinyin } from '../../modules/directory/index.ts'
import { nameParts } from './made-names.ts'

/** How many stand under each of the next higher. */
export interface ProvinceShape {
  readonly cities: number
  readonly unitsPerCity: number
  readonly branchesPerUnit: number
  readonly membersPerBranch: number
}

/** 200,000 branches and 4,000,000 people. */
export const province: ProvinceShape = { cities: 100, unitsPerCity: 40, branchesPerUnit: 50, membersPerBranch: 20 }

/** Inner numbers of the first of each sort; all others follow without gaps. */
export interface ProvinceNumbers {
  readonly shape: ProvinceShape
  readonly root: number
  readonly units: number
  readonly unitCount: number
  readonly bodies: number
  readonly leadingGroups: number
  readonly branches: number
  readonly branchCount: number
  readonly persons: number
}

const founded = '2016-01-04'

/**
 * Writes a province inside the database: nothing of it passes through the program. People have no ID number and no phone here, and
 * their files no revisions.
 */
export async function writeProvince(tx: Tx, shape: ProvinceShape, today: CivilDate): Promise<ProvinceNumbers> {
  const root = await writeTree(tx, shape)
  const unitCount = shape.cities * shape.unitsPerCity
  const units = root + 1 + shape.cities
  const bodies = units + unitCount
  const leadingGroups = bodies + unitCount
  const branches = leadingGroups + unitCount
  const branchCount = unitCount * shape.branchesPerUnit
  const persons = await writePeople(tx, { shape, branches, branchCount, today })
  const numbers = { shape, root, units, unitCount, bodies, leadingGroups, branches, branchCount, persons }
  await writeOffices(tx, numbers, today)
  await deriveWholeAncestry(tx)
  return numbers
}

/** The first number that a statement gave; refuses gaps, which would mean that somebody else writes as well. */
async function firstOf(tx: Tx, table: string): Promise<number> {
  const { rows } = await sql<{
    first: number
    whole: boolean
  }>`select min(no) as first, max(no) - min(no) + 1 = count(*) as whole from ${sql.table(table)}`.execute(
    reading<'directory'>(tx),
  )
  if (!rows[0]?.whole) throw new Error('装入期间有别的程序在写数据库。请停止其他程序，换一个空的数据文件夹再试。')
  return Number(rows[0].first)
}

/** Root, cities, units, committees, leading groups, branches: numbered in this order. */
async function writeTree(tx: Tx, shape: ProvinceShape): Promise<number> {
  const db = reading<'directory'>(tx)
  const unitCount = shape.cities * shape.unitsPerCity
  const branchCount = unitCount * shape.branchesPerUnit
  await sql`create temporary table made_organizations on commit drop as
    select row_number() over (order by level, i) - 1 as o, * from (
      select 0 as level, 0 as i, 'working_committee' as kind, null::bigint as above, '示例省直机关工委' as name, 'shilishengzhijiguangongwei' as pinyin
      union all select 1, c, 'working_committee', 0, '示例市' || lpad(c::text, 3, '0') || '机关工委', 'shilishi' || lpad(c::text, 3, '0') || 'jiguangongwei'
        from generate_series(1, ${shape.cities}::int) c
      union all select 2, u, 'unit', 1 + u / ${shape.unitsPerCity}::int, '示例单位' || lpad(u::text, 4, '0'), 'shilidanwei' || lpad(u::text, 4, '0')
        from generate_series(0, ${unitCount}::int - 1) u
      union all select 3, u, 'party_committee', 1 + ${shape.cities}::int + u, '示例单位' || lpad(u::text, 4, '0') || '机关党委', 'shilidanwei' || lpad(u::text, 4, '0') || 'jiguandangwei'
        from generate_series(0, ${unitCount}::int - 1) u
      union all select 4, u, 'leading_group', 1 + ${shape.cities}::int + u, '示例单位' || lpad(u::text, 4, '0') || '党组', 'shilidanwei' || lpad(u::text, 4, '0') || 'dangzu'
        from generate_series(0, ${unitCount}::int - 1) u
      union all select 5, b, 'branch', 1 + ${shape.cities}::int + ${unitCount}::int + b / ${shape.branchesPerUnit}::int,
        '示例单位' || lpad((b / ${shape.branchesPerUnit}::int)::text, 4, '0') || '第' || (b % ${shape.branchesPerUnit}::int + 1) || '党支部',
        'shilidanwei' || lpad((b / ${shape.branchesPerUnit}::int)::text, 4, '0') || 'di' || (b % ${shape.branchesPerUnit}::int + 1) || 'dangzhibu'
        from generate_series(0, ${branchCount}::int - 1) b) t`.execute(db)
  await sql`insert into directory.organizations (id, kind, position, established_on)
    select 'org_' || left(md5('province/' || o), 24), kind, o + 1, ${founded}::date from made_organizations order by o`.execute(
    db,
  )
  const root = await firstOf(tx, 'directory.organizations')
  await sql`insert into directory.organization_names (organization_no, name, short_name, pinyin, valid)
    select ${root}::bigint + o, name, null, pinyin, daterange(${founded}::date, null) from made_organizations`.execute(db)
  await sql`insert into directory.organization_edges (organization_no, parent_no, valid)
    select ${root}::bigint + o, ${root}::bigint + above, daterange(${founded}::date, null) from made_organizations where above is not null`.execute(
    db,
  )
  return root
}

async function writePeople(
  tx: Tx,
  is: { shape: ProvinceShape; branches: number; branchCount: number; today: CivilDate },
): Promise<number> {
  const db = reading<'directory'>(tx)
  const { surnames, givenNames } = nameParts
  const [first, second] = [surnames, givenNames].map((list) => list.map((each) => namePinyin(each)))
  const spelled = (list: typeof first, of: 'full' | 'initials') => sql`${(list ?? []).map((each) => each[of])}::text[]`
  const { membersPerBranch } = is.shape
  await sql`with lists as materialized (select ${surnames}::text[] as s, ${spelled(first, 'full')} as sp, ${spelled(first, 'initials')} as si,
      ${givenNames}::text[] as g, ${spelled(second, 'full')} as gp, ${spelled(second, 'initials')} as gi)
    insert into directory.persons (id, name, pinyin, initials, sex, birth_on, ethnicity, category, home_no, job, joined_on, full_since, exempt_from_duties)
    select 'per_' || left(md5('province/' || p), 24), s[x] || g[y], sp[x] || gp[y], si[x] || gi[y],
      case when p % 5 < 3 then 'male' else 'female' end, date '1966-01-01' + (p::bigint * 7919 % 13000)::int, '汉族', 'full_member',
      ${is.branches}::bigint + p / ${membersPerBranch}::int, '工作人员', date '1990-07-01' + (p::bigint * 104729 % 10000)::int,
      date '1991-07-01' + (p::bigint * 104729 % 10000)::int, p % 61 = 60
    from lists, generate_series(0, ${is.branchCount * membersPerBranch}::int - 1) p
    cross join lateral (select 1 + (p::bigint * 31 % cardinality(s))::int as x, 1 + ((p::bigint / 7 + p) % cardinality(g))::int as y) n
    order by p`.execute(db)
  const persons = await firstOf(tx, 'directory.persons')
  await sql`insert into directory.memberships (person_no, organization_no, standing, valid)
    select no, home_no, 'full', daterange(greatest(full_since, ${founded}::date), null) from directory.persons order by no`.execute(
    db,
  )
  return persons
}

const termMonths = 24

/** Branch committees of three with their secretary; of each unit a leading-group secretary and a full-time deputy. */
async function writeOffices(tx: Tx, is: ProvinceNumbers, today: CivilDate): Promise<void> {
  const db = reading<'directory'>(tx)
  const [elected, due] = [addMonths(today, -termMonths), addMonths(today, 36 - termMonths)]
  const per = is.shape.membersPerBranch
  const ofUnit = is.shape.branchesPerUnit * per
  await sql`with elected as (
      insert into directory.committees (id, organization_no, kind, elected_on, term_years, due_on)
      select 'cmt_' || left(md5('province/' || b), 24), ${is.branches}::bigint + b, 'committee', ${elected}::date, 3, ${due}::date
      from generate_series(0, ${is.branchCount}::int - 1) b returning no, organization_no)
    insert into directory.committee_members (committee_no, person_no, duty, valid)
    select e.no, ${is.persons}::bigint + (e.organization_no - ${is.branches}::bigint) * ${per}::int + d.i - 1, d.duty, daterange(${elected}::date, null)
    from elected e cross join unnest(array['书记', '组织委员', '纪检委员']) with ordinality as d (duty, i)`.execute(db)
  await sql`insert into directory.posts (id, person_no, organization_no, post, full_time, valid)
    select 'pst_' || left(md5('province/' || n), 24), person_no, organization_no, post, full_time, daterange(${elected}::date, null) from (
      select 's' || b as n, ${is.persons}::bigint + b * ${per}::int as person_no, ${is.branches}::bigint + b as organization_no, 'branch_secretary' as post, false as full_time
      from generate_series(0, ${is.branchCount}::int - 1) b
      union all select 'l' || u, ${is.persons}::bigint + u * ${ofUnit}::int + 5, ${is.leadingGroups}::bigint + u, 'leading_group_secretary', false
      from generate_series(0, ${is.unitCount}::int - 1) u
      union all select 'd' || u, ${is.persons}::bigint + u * ${ofUnit}::int + 6, ${is.bodies}::bigint + u, 'full_time_deputy', true
      from generate_series(0, ${is.unitCount}::int - 1) u) t`.execute(db)
}
