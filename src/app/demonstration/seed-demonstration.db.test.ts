import { beforeAll, describe, expect, it } from 'vitest'
import { writeAsSystem } from '../../kernel/database/transaction.ts'
import { testPlatform, type TestPlatform } from '../../kernel/testing/test-platform.ts'
import { judgeIdNumber } from '../../modules/directory/index.ts'
import { loadRulebooks } from '../../modules/rulebook/index.ts'
import { registerModules } from '../modules.ts'
import { seedDemonstration } from './seed-demonstration.ts'

const today = '2026-11-23'
registerModules()
const platform = await testPlatform(today)
const again = await testPlatform(today)

async function look<Row extends object>(query: string, at: TestPlatform = platform): Promise<Row[]> {
  return (await at.owner.pool.query<Row>(query)).rows
}
const count = async (query: string) => Number((await look<{ count: number }>(`select count(*) as count ${query}`))[0]?.count)

/** What must be alike in two loads: everything but ciphers, whose nonces are drawn anew, and the ids of cases. */
const contents = [
  `select o.id, o.kind, n.name, n.valid::text, o.dissolved_on from directory.organizations o join directory.organization_names n on n.organization_no = o.no`,
  'select no, id, name, pinyin, sex, birth_on, category, home_no, id_number_index, job, joined_on, full_since, exempt_from_duties from directory.persons',
  'select person_no, organization_no, standing, valid::text from directory.memberships',
  'select organization_no, ancestor_no, depth, valid::text from directory.organization_ancestry',
  'select id, person_no, organization_no, post, valid::text from directory.posts',
  'select * from orglife.meetings',
  'select * from orglife.meeting_revisions',
  'select * from orglife.attendances',
  'select * from orglife.agenda_items',
  'select * from orglife.work_records',
  'select * from orglife.work_record_revisions',
  'select * from orglife.work_record_persons',
  'select * from rulebook.obligations',
  'select * from rulebook.cells',
  'select number, state, revision, title, organization_no, owner_no, due_on, remedies, opened_by, proposed_at, opened_at, waiting_since from supervision.cases',
  'select s.revision, s.action, s.body, s.reason, s.acted_by, c.title from supervision.case_steps s join supervision.cases c on c.no = s.case_no',
  'select username, display_name, person_no, administrator, state, demonstration from directory.accounts',
]
const fingerprints = (at: TestPlatform) =>
  Promise.all(
    contents.map(
      async (query) =>
        (await look<{ hash: string }>(`select md5(string_agg(t::text, '|' order by t::text)) as hash from (${query}) t`, at))[0]
          ?.hash,
    ),
  )

beforeAll(async () => {
  for (const one of [platform, again]) {
    await writeAsSystem(one.database, (tx) => loadRulebooks(tx, 'rulebooks'))
    await seedDemonstration(one, { scale: 'small', today, passwordHash: 'scrypt$made-up' })
  }
}, 120_000)

describe('the demonstration city', () => {
  it('is the same city at every load of the same day', async () => {
    expect(await fingerprints(again)).toEqual(await fingerprints(platform))
  })

  it('is loaded into an empty installation only', async () => {
    await expect(seedDemonstration(platform, { scale: 'small', today, passwordHash: 'x' })).rejects.toThrow('已有组织')
  })

  it('has the promised size and every kind of organization', async () => {
    const kinds = await look<{ kind: string; count: number }>(
      'select kind, count(*) as count from directory.organizations group by kind',
    )
    const byKind = Object.fromEntries(kinds.map((row) => [row.kind, Number(row.count)]))
    expect(byKind).toMatchObject({ working_committee: 1, unit: 8, joint_branch: 1, temporary_branch: 1 })
    expect(byKind['branch']).toBeGreaterThan(54)
    for (const kind of [
      'party_committee',
      'general_branch',
      'group',
      'leading_group',
      'work_leading_group',
      'discipline_committee',
    ])
      expect(byKind[kind]).toBeGreaterThan(3)
    expect(await count('from directory.persons')).toBeGreaterThan(840)
    expect(await count('from directory.persons')).toBeLessThan(960)
  })

  it('has units with a committee, with only a general branch, with only a branch', async () => {
    const forms = await look<{
      form: string
    }>(`select string_agg(distinct o.kind, ',' order by o.kind) as form from directory.organizations u
      join directory.organization_edges e on e.parent_no = u.no join directory.organizations o on o.no = e.organization_no
      where u.kind = 'unit' and o.kind in ('party_committee', 'general_branch', 'branch') group by u.no`)
    expect(new Set(forms.map((row) => row.form))).toEqual(new Set(['party_committee', 'general_branch', 'branch']))
  })

  it('has seen a branch moved, renamed, merged, dissolved and founded', async () => {
    expect(await count(`from directory.organization_edges where not upper_inf(valid)`)).toBe(1)
    expect(await count(`from directory.organization_names where not upper_inf(valid)`)).toBe(1)
    expect(await count('from directory.organizations where dissolved_on is not null and successor_no is not null')).toBe(2)
    expect(await count(`from directory.organizations where kind = 'branch' and established_on = '2026-09-01'`)).toBe(1)
    expect(
      await count(
        'from directory.memberships m join directory.organizations o on o.no = m.organization_no where o.dissolved_on is not null and upper_inf(m.valid)',
      ),
    ).toBe(0)
  })

  it('keeps every member in exactly one branch today, and nobody in a branch before it was founded', async () => {
    const off = await look(`select p.name, count(o.no) from directory.persons p
      left join directory.memberships m on m.person_no = p.no and m.valid @> date '${today}' and m.standing in ('full', 'probationary')
      left join directory.organizations o on o.no = m.organization_no and o.kind in ('branch', 'joint_branch')
      where p.category in ('full_member', 'probationary_member') group by p.no having count(o.no) <> 1`)
    expect(off).toEqual([])
    expect(
      await count(
        'from directory.memberships m join directory.organizations o on o.no = m.organization_no where lower(m.valid) < o.established_on',
      ),
    ).toBe(0)
  })

  it('gives a committee to branches of seven full members and more alone, two overdue and one due within half a year', async () => {
    const inOffice = `from directory.committees c join directory.organizations o on o.no = c.organization_no and o.kind in ('branch', 'joint_branch') where c.ended_on is null`
    expect(
      await count(
        `${inOffice} and (select count(*) from directory.memberships m where m.organization_no = o.no and m.standing = 'full' and upper_inf(m.valid)) < 7`,
      ),
    ).toBe(0)
    expect(await count(`${inOffice} and c.due_on < '${today}'`)).toBe(2)
    expect(await count(`${inOffice} and c.due_on between '${today}' and '2027-05-23'`)).toBe(1)
  })

  it('counts in every meeting exactly the heads of its attendance', async () => {
    const off =
      await look(`select m.id from orglife.meeting_organizations h join orglife.meetings m on m.no = h.meeting_no and m.state <> 'planned'
      left join orglife.attendances a on a.meeting_no = h.meeting_no and a.organization_no = h.organization_no and a.presence <> 'sitting_in'
      group by m.id, h.organization_no, h.expected, h.present
      having h.expected <> count(a.person_no) or h.present <> count(a.person_no) filter (where a.presence = 'present')`)
    expect(off).toEqual([])
    expect(await count(`from orglife.attendances where (presence = 'absent') <> (reason is not null)`)).toBe(0)
    expect(
      await count(
        'from orglife.meeting_organizations where eligible_present > eligible or committee_present > committee_expected or present > expected',
      ),
    ).toBe(0)
  })

  it('records nothing in the future and gives a reason for what came late', async () => {
    expect(
      await count(`from orglife.meetings where recorded_on > '${today}' or state <> 'planned' and held_on > recorded_on`),
    ).toBe(0)
    expect(
      await count(
        `from orglife.meetings where recorded_on > (date_trunc('month', held_on) + interval '1 month - 1 day')::date + 5 and late_reason is null`,
      ),
    ).toBe(0)
    expect(await count('from orglife.meetings where late_reason is not null')).toBeGreaterThan(20)
  })

  it('shows what a visitor should see: joint, planned, corrected, withdrawn, without quorum, theory not first', async () => {
    expect(
      await count('from (select meeting_no from orglife.meeting_organizations group by 1 having count(*) = 2) t'),
    ).toBeGreaterThan(2)
    expect(await count(`from orglife.meetings where state = 'planned' and held_on > '${today}'`)).toBeGreaterThan(5)
    expect(await count(`from orglife.meetings where state = 'recorded' and revision = 2`)).toBe(1)
    expect(await count(`from orglife.meetings where state = 'withdrawn' and revision = 2`)).toBe(1)
    expect(await count(`from orglife.meetings where kinds @> '{members_meeting,theme_day,lecture}'`)).toBeGreaterThan(2)
    expect(await count(`from orglife.meetings where kinds @> '{staff_assembly}'`)).toBeGreaterThan(4)
    expect(await count(`from rulebook.evidence where reason like '%不足半数%'`)).toBeGreaterThan(2)
    expect(await count(`from rulebook.evidence where reason like '%不是政治理论学习%'`)).toBeGreaterThan(9)
  })

  it('stands mostly well: between 85 and 95 of a hundred due duties are met', async () => {
    const [row] = await look<{
      ratio: number
    }>(`select 100.0 * sum(met + met_late) / sum(met + met_late + unmet + not_reported) as ratio from rulebook.cells c
      join directory.organizations o on o.no = c.organization_no and o.kind = 'working_committee'
      join rulebook.requirements r on r.no = c.requirement_no and r.code in ('ZB6', 'ZB9', 'ZB14')`)
    expect(Number(row?.ratio)).toBeGreaterThan(85)
    expect(Number(row?.ratio)).toBeLessThan(95)
  })
})

describe('the people of the demonstration', () => {
  it('have ID numbers that keep the rule and can be nobody’s', async () => {
    const people = await look<{
      id: string
      id_number_cipher: string
      id_number_index: string
      birth_on: string
      sex: string
      phone_cipher: string
    }>('select * from directory.persons')
    for (const person of people) {
      const opened = platform.crypto.open(person.id_number_cipher, {
        column: 'directory.persons.id_number_cipher',
        row: person.id,
      })
      const judged = judgeIdNumber(opened, today)
      expect(judged).toMatchObject({ ok: true, birthDate: person.birth_on, sex: person.sex })
      expect(opened.startsWith('990000')).toBe(true)
      expect(judged.ok && judged.warnings).toHaveLength(1)
      expect(platform.crypto.blindIndex(opened, 'id_number')).toBe(person.id_number_index)
      expect(platform.crypto.open(person.phone_cipher, { column: 'directory.persons.phone_cipher', row: person.id })).toMatch(
        /^1990000\d{4}$/,
      )
    }
  })
})

describe('the branch of zhibu', () => {
  const own = `(select g.organization_no from directory.grants g join directory.accounts a on a.no = g.account_no where a.username = 'zhibu')`

  it('has this month’s theme day not yet recorded and this quarter’s members’ meeting still due', async () => {
    expect(
      await count(
        `from orglife.meetings where organization_no = ${own} and kinds && '{theme_day}' and state = 'recorded' and held_on >= '2026-11-01'`,
      ),
    ).toBe(0)
    expect(
      await count(
        `from orglife.meetings where organization_no = ${own} and kinds && '{members_meeting}' and state = 'recorded' and held_on >= '2026-10-01'`,
      ),
    ).toBe(0)
  })

  it('has one late record and one missed committee meeting with an open case, and nothing else short', async () => {
    const amiss = await look<{
      code: string
      status: number
      period: string
    }>(`select r.code, o.status, p.name as period from rulebook.obligations o
      join rulebook.requirements r on r.no = o.requirement_no join rulebook.periods p on p.no = o.period_no
      where o.organization_no = ${own} and o.status > 1 and r.strength = 'hard' order by 1, 3`)
    expect(amiss.filter((row) => row.code !== 'D1.2')).toEqual([
      { code: 'ZB14', status: 2, period: '2026-08' },
      { code: 'ZB9', status: 4, period: '2026-09' },
    ])
    const cases = await look<{ state: string; requirement_code: string; due_on: string }>(
      `select state, requirement_code, due_on from supervision.cases where organization_no = ${own}`,
    )
    expect(cases).toEqual([{ state: 'reminded', requirement_code: 'ZB9', due_on: expect.any(String) }])
    expect(cases[0]?.due_on && cases[0].due_on > today).toBe(true)
  })
})

describe('the accounts of the demonstration', () => {
  it('are ten that can sign in, each with exactly its grant', async () => {
    const rows = await look<{
      username: string
      administrator: string | null
      role: string | null
      at: string | null
    }>(`select a.username, a.administrator, g.role, o.kind as at
      from directory.accounts a left join directory.grants g on g.account_no = a.no and g.state = 'approved' and g.valid @> date '${today}'
      left join directory.organizations o on o.no = g.organization_no where a.state = 'active' order by a.no`)
    expect(rows.map((row) => [row.username, row.administrator ?? row.role, row.at])).toEqual([
      ['gongwei', 'committee_officer', 'working_committee'],
      ['lingdao', 'unit_leader', 'unit'],
      ['danwei', 'full_time_deputy', 'unit'],
      ['jiwei', 'discipline_secretary', 'unit'],
      ['zhibu', 'branch_secretary', 'branch'],
      ['dangyuan', 'member', 'branch'],
      ['jiancha', 'inspector', 'working_committee'],
      ['fuhe', 'committee_officer', 'working_committee'],
      ['xitong', 'system', null],
      ['anquan', 'security', null],
      ['shenji', 'audit', null],
    ])
    expect(await count('from directory.accounts where not demonstration')).toBe(0)
    expect(await count(`from directory.accounts where state <> 'active' and password_hash is not null`)).toBe(0)
  })
})

describe('the cases of the demonstration', () => {
  it('stand in every state, one of them waiting above', async () => {
    const states = await look<{ state: string }>('select distinct state from supervision.cases order by 1')
    expect(states.map((row) => row.state)).toEqual(['closed', 'dismissed', 'proposed', 'reminded', 'reported', 'supervised'])
    const waiting = await look<{ days: number }>(
      `select date '${today}' - waiting_since as days from supervision.cases where waiting_since is not null`,
    )
    expect(waiting).toHaveLength(1)
    expect(waiting[0]?.days).toBeGreaterThan(0)
    expect(waiting[0]?.days).toBeLessThan(25)
  })

  it('have a step for each revision, were verified by somebody else and are numbered without gaps', async () => {
    expect(
      await count(`from supervision.cases c where revision <> (select count(*) from supervision.case_steps s where s.case_no = c.no)
      or state <> (select s.state from supervision.case_steps s where s.case_no = c.no order by revision desc limit 1)`),
    ).toBe(0)
    expect(await count('from supervision.cases where verified_by = reported_by')).toBe(0)
    expect(
      await count(
        "from supervision.cases where state in ('supervised', 'reported', 'closed') and (number is null or owner_no is null or remedies is null)",
      ),
    ).toBe(0)
    expect(
      await count(
        "from supervision.case_numbers n where last <> (select count(*) from supervision.cases c where c.number like '督〔' || n.year || '〕%')",
      ),
    ).toBe(0)
  })
})
