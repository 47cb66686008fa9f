import { sql } from 'kysely'
import { reading, type Tx } from '../../kernel/database/handles.ts'
import { addDays, addMonths, type CivilDate } from '../../kernel/time/civil-date.ts'
import { giveNumbers, insertRows } from './bulk.ts'
import { madeId, monthStart, workingDay } from './draw.ts'
import type { MadeCity } from './made-city.ts'

interface Is {
  readonly city: MadeCity
  readonly today: CivilDate
  /** Account of whoever lays it out for the working committee. */
  readonly by: number
}

const at = (day: CivilDate) => `${day}T16:00:00+08:00`

const books = [
  ['political_theory', '习近平著作选读', '第一卷'],
  ['party_rules', '中国共产党章程', '学习用书'],
  ['economy', '县乡中国', '从基层看经济社会'],
  ['science', '人工智能简史', '常识读本'],
  ['law', '中华人民共和国民法典', '实用版'],
] as const

/** One instalment of this year in all five categories, from the working committee to everybody. */
async function recommend(tx: Tx, { city, today, by }: Is): Promise<void> {
  const on = workingDay(addDays(addMonths(monthStart(today), -2), 4))
  const list = { no: 0, id: madeId('rdl', `荐书/${on}`) }
  await giveNumbers(tx, 'learning.reading_lists', [list])
  await sql`insert into learning.reading_lists (no, id, revision, state, organization_no, title, issued_on, note, recorded_on, recorded_at, recorded_by)
    overriding system value values (${list.no}, ${list.id}, 1, 'recommended', ${city.committee.no}, ${`${on.slice(0, 4)}年第三期荐书`}, ${on}::date,
      '自愿阅读，读多少都好（演示）', ${on}::date, ${at(on)}::timestamptz, ${by})`.execute(reading<'learning'>(tx))
  await insertRows(
    tx,
    {
      table: 'learning.reading_books',
      columns: { list_no: 'bigint', position: 'int', category: 'text', title: 'text', remark: 'text' },
    },
    books.map(([category, title, remark], index) => [list.no, index + 1, category, title, remark]),
  )
  await sql`insert into learning.reading_list_revisions (list_no, revision, state, body, recorded_at, recorded_by)
    values (${list.no}, 1, 'recommended', ${JSON.stringify({ books: books.map(([, title]) => title) })}::jsonb, ${at(on)}::timestamptz, ${by})`.execute(
    reading<'learning'>(tx),
  )
}

const units = ['支部工作条例', '机关基层组织工作条例', '党员教育管理工作条例'] as const
/** Unit, kind, text, options, which are right, explanation. */
const questions = [
  [0, 'single', '党小组会一般多久召开一次', ['每月', '每季度', '每半年'], [1], '党小组会一般每月召开一次。'],
  [
    0,
    'multiple',
    '“三会一课”的“三会”包括哪些',
    ['支部党员大会', '支部委员会会议', '主题党日', '党小组会'],
    [1, 2, 4],
    '主题党日是另一项制度。',
  ],
  [0, 'true_false', '支部党员大会一般每季度召开一次', ['对', '错'], [1], ''],
  [1, 'true_false', '机关党建工作由本单位党组（党委）负主体责任', ['对', '错'], [1], ''],
  [1, 'single', '机关党务工作人员队伍建设首先要做到', ['配齐配强', '轮流担任', '从外单位借用'], [1], ''],
  [
    2,
    'single',
    '党员每年集中学习培训时间一般不少于',
    ['16 学时', '32 学时', '56 学时'],
    [2],
    '基层党组织书记和班子成员一般不少于 56 学时。',
  ],
] as const

/** The study plan of the three regulations; some of the shown branch are done with its first unit. */
async function layOut(tx: Tx, { city, today, by }: Is): Promise<void> {
  const on = workingDay(addDays(addMonths(monthStart(today), -3), 6))
  const plan = { no: 0, id: madeId('spl', `三大条例/${on}`) }
  await giveNumbers(tx, 'learning.study_plans', [plan])
  const db = reading<'learning'>(tx)
  await sql`insert into learning.study_plans (no, id, revision, state, organization_no, year, topic, audience, title, recorded_on, recorded_at, recorded_by)
    overriding system value values (${plan.no}, ${plan.id}, 1, 'open', ${city.committee.no}, ${Number(today.slice(0, 4))}, 'three_regulations', 'party_workers',
      '三大条例学习', ${on}::date, ${at(on)}::timestamptz, ${by})`.execute(db)
  await sql`insert into learning.study_plan_revisions (plan_no, revision, state, body, recorded_at, recorded_by)
    values (${plan.no}, 1, 'open', ${JSON.stringify({ units })}::jsonb, ${at(on)}::timestamptz, ${by})`.execute(db)
  const made = units.map((title) => ({ no: 0, id: madeId('sun', `${title}/${on}`), title }))
  await giveNumbers(tx, 'learning.study_units', made)
  for (const [index, { no, id, title }] of made.entries())
    await sql`insert into learning.study_units (no, id, plan_no, organization_no, position, title, material, asked, right_share)
      overriding system value values (${no}, ${id}, ${plan.no}, ${city.committee.no}, ${index + 1}, ${title}, ${`通读《${title}》全文，结合本支部实际想一想。`},
        ${questions.filter(([unit]) => unit === index).length}, 0.8)`.execute(db)
  for (const [index, [unit, kind, text, options, right, explanation]] of questions.entries())
    await sql`insert into learning.study_questions (id, unit_no, organization_no, position, kind, text, options, right_options, explanation)
      values (${madeId('sqn', `${index}/${on}`)}, ${made[unit]?.no ?? 0}, ${city.committee.no}, ${index + 1}, ${kind}, ${text}, ${JSON.stringify(options)}::jsonb,
        ${`{${right.join(',')}}`}::int[], ${explanation || null})`.execute(db)
  await sql`insert into learning.study_done (unit_no, person_no, organization_no, done_on, recorded_at)
    select ${made[0]?.no ?? 0}, t.person_no, t.organization_no, ${on}::date + 9, (${on}::date + 9 + time '20:10') at time zone 'Asia/Shanghai'
    from directory.posts t where t.organization_no = ${city.shown.organization.no} and t.post in ('branch_secretary', 'branch_committee_member')
      and t.valid @> ${today}::date and (${on}::date + 9) <= ${today}::date group by t.person_no, t.organization_no order by 2 limit 2`.execute(
    reading<'learning' | 'directory'>(tx),
  )
}

/** The working committee's plan of this year: the classes held stand under it, and one is open to the branches. */
async function plan(tx: Tx, { city, today, by }: Is): Promise<void> {
  const year = Number(today.slice(0, 4))
  const ends = workingDay(addDays(today, 25))
  const month = (day: CivilDate) => Number(day.slice(5, 7))
  const items = [
    {
      key: 'itm_a',
      title: '党支部书记示范培训班',
      targetGroup: 'branch_secretary',
      month: month(addMonths(today, -2)),
      hours: 10,
    },
    {
      key: 'itm_b',
      title: '党支部书记专题研讨班',
      targetGroup: 'branch_secretary',
      month: month(addMonths(today, -1)),
      hours: 10,
    },
    { key: 'itm_c', title: '党员学习班', targetGroup: 'party_member', month: month(ends), hours: 4 },
  ]
  const made = { no: 0, id: madeId('tpl', `培训计划/${year}`) }
  await giveNumbers(tx, 'learning.plans', [made])
  const db = reading<'learning'>(tx)
  const on = `${year}-01-15`
  await sql`insert into learning.plans (no, id, revision, state, organization_no, year, title, items, recorded_on, recorded_at, recorded_by)
    overriding system value values (${made.no}, ${made.id}, 1, 'recorded', ${city.committee.no}, ${year}, ${`${year}年培训计划`}, ${JSON.stringify(items)}::jsonb,
      ${on}::date, ${at(on)}::timestamptz, ${by})`.execute(db)
  await sql`insert into learning.plan_revisions (plan_no, revision, state, body, recorded_at, recorded_by)
    values (${made.no}, 1, 'recorded', ${JSON.stringify({ items })}::jsonb, ${at(on)}::timestamptz, ${by})`.execute(db)
  await sql`update learning.classes c set plan_no = ${made.no}, plan_item = i ->> 'key' from jsonb_array_elements(${JSON.stringify(items)}::jsonb) i
    where c.organization_no = ${city.committee.no} and c.title = i ->> 'title' and extract(year from c.ends_on) = ${year}`.execute(
    db,
  )
  const open = { no: 0, id: madeId('tcl', `党员学习班/${ends}`) }
  await giveNumbers(tx, 'learning.classes', [open])
  await sql`insert into learning.classes (no, id, revision, state, organization_no, title, target_group, off_duty, seats, starts_on, ends_on, hours, theory_hours,
      registers_until, plan_no, plan_item, created_on, created_at, created_by)
    overriding system value values (${open.no}, ${open.id}, 1, 'planned', ${city.committee.no}, '党员学习班', 'party_member', false, 30, ${ends}::date, ${ends}::date, 4, 4,
      ${addDays(ends, -5)}::date, ${made.no}, 'itm_c', ${today}::date, ${at(today)}::timestamptz, ${by})`.execute(db)
  await sql`insert into learning.class_sessions (class_no, position, title, held_on, hours, category, teacher, place)
    values (${open.no}, 1, '党的创新理论专题', ${ends}::date, 4, 'political_theory', '市委党校教师', '市委党校二号楼')`.execute(
    db,
  )
  await sql`insert into learning.class_revisions (class_no, revision, state, body, recorded_at, recorded_by)
    values (${open.no}, 1, 'planned', '{"title": "党员学习班"}'::jsonb, ${at(today)}::timestamptz, ${by})`.execute(db)
}

/** What the pages of learning show from the first day: a plan beside what became of it, an instalment of books, a study plan. */
export async function writeLearning(tx: Tx, is: Is): Promise<void> {
  await plan(tx, is)
  await recommend(tx, is)
  await layOut(tx, is)
}
