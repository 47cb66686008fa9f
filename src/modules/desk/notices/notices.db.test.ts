import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { acting, aSupervisedCity, type SupervisedCity, twoRequirements } from '../../../../tests/builders/a-supervised-city.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import type { Mail, MailSender } from '../../../kernel/mail/mail.ts'
import { notify } from '../../../kernel/notices/registry.ts'
import { reading } from '../../../kernel/database/handles.ts'
import { readAs, writeAsSystem } from '../../../kernel/database/transaction.ts'
import { testPlatform } from '../../../kernel/testing/test-platform.ts'
import { workItemsOf } from '../../../kernel/work-items/registry.ts'
import { proposeCases } from '../../supervision/index.ts'
import { sendDigests } from '../index.ts'
import { chooseMailAction } from '../mail/mail.actions.ts'
import { mailChoice, mailFields } from '../mail/mail.contract.ts'
import { mailChoiceOf } from '../mail/mail.store.ts'
import { putAwayAction } from './notices.actions.ts'
import { notice } from './notices.contract.ts'
import { noticesAsked } from './notices.queries.ts'

const platform = await testPlatform('2026-11-23')
const act = acting(platform)
let city: SupervisedCity

beforeAll(async () => {
  city = await aSupervisedCity(platform)
})

const notices = (actor: Actor, putAway?: 'yes') =>
  readAs(platform.database, actor, (read) => noticesAsked(read, actor, { limit: 50, putAway }))
const titles = async (actor: Actor) => (await notices(actor)).items.map((item) => item.title)

/** Tells somebody something, as a module's act would. */
function tell(
  title: string,
  said: Partial<Parameters<typeof notify>[1]> & { to: Parameters<typeof notify>[1]['to'] },
): Promise<void> {
  return writeAsSystem(platform.database, (tx) =>
    notify(tx, { kind: 'test.told', title, body: '', link: '/', at: platform.clock.now(), ...said }),
  )
}

function outbox(): MailSender & { readonly mails: Mail[] } {
  const mails: Mail[] = []
  return { mails, send: (mail) => Promise.resolve(void mails.push(mail)) }
}

const at = (day: string, hour: number) => new Date(`${day}T${String(hour).padStart(2, '0')}:10:00+08:00`)
const run = (mail: MailSender, now: Date) => sendDigests(platform, { mail, origin: 'https://dj.example.gov.cn', now })

test('a notice reaches those concerned and nobody else, and nobody twice', async () => {
  const holders = [{ roles: ['branch_secretary', 'full_time_deputy'], organizationNo: city.branch.no }]
  await tell('支部的事', {
    to: { accountNos: [city.officer.accountNo, city.owner.accountNo], personNos: [city.member.no], holders },
  })
  expect(await titles(city.officer)).toEqual(['支部的事'])
  expect(await titles(city.owner)).toEqual(['支部的事'])
  expect(await titles(city.branchSecretary)).toEqual(['支部的事'])
  for (const actor of [city.deputy, city.otherDeputy, city.leader]) expect(await titles(actor)).toEqual([])
})

test('whoever acts is not told of the own act, nor is an account that is no longer in use', async () => {
  await sql`update directory.accounts set state = 'disabled' where no = ${city.secondOfficer.accountNo}`.execute(
    platform.owner.kysely,
  )
  await tell('自己的事', {
    to: { accountNos: [city.deputy.accountNo, city.secondOfficer.accountNo] },
    except: city.deputy.accountNo,
  })
  expect(await titles(city.deputy)).toEqual([])
  expect(await titles(city.secondOfficer)).toEqual([])
})

test('holders are those of the named roles at exactly that organization', async () => {
  await tell('只给支部书记', {
    to: { holders: [{ roles: ['branch_secretary', 'full_time_deputy'], organizationNo: city.branch.no }] },
  })
  expect(await titles(city.branchSecretary)).toContain('只给支部书记')
  for (const actor of [city.owner, city.deputy, city.otherDeputy]) expect(await titles(actor)).not.toContain('只给支部书记')
})

test('putting away is the reader’s own act: another’s notice is not there', async () => {
  const [notice] = (await notices(city.officer)).items
  const id = notice?.id ?? ''
  await expect(act(city.owner, putAwayAction, { id })).rejects.toMatchObject({ code: 'desk.notice_not_found', status: 404 })
  await act(city.officer, putAwayAction, { id })
  expect(await notices(city.officer)).toMatchObject({ items: [], total: 0 })
  expect((await notices(city.officer, 'yes')).items).toMatchObject([{ id, putAway: true }])
})

const address = 'deputy@example.gov.cn'
const chosen = (more: object = {}) => mailFields.parse({ address, ...more })

test('notice settings are one’s own and say what stands when nothing was chosen', async () => {
  const choice = (actor: Actor) => readAs(platform.database, actor, (read) => mailChoiceOf(read, actor))
  expect(await choice(city.deputy)).toMatchObject({
    address: null,
    quietFrom: 21,
    quietUntil: 8,
    quietDaysOff: true,
    digestHour: 8,
  })
  await act(city.deputy, chooseMailAction, chosen())
  expect(await choice(city.deputy)).toEqual(chosen())
  expect((await choice(city.officer)).address).toBeNull()
  expect(mailChoice.safeParse({ address, digestHour: 23 }).error?.issues[0]?.path).toEqual(['digestHour'])
})

const toDeputy = (more: { urgent?: boolean; evenQuiet?: boolean; at?: Date; kind?: string } = {}) => ({
  to: { accountNos: [city.deputy.accountNo] },
  ...more,
})

test('nothing goes out from nine to eight, urgent or not; then everything once, and by the digest’s hour what is ordinary', async () => {
  const mail = outbox()
  await tell('晚上的急事', toDeputy({ urgent: true, at: at('2026-11-23', 21) }))
  await tell('晚上的常事', toDeputy({ at: at('2026-11-23', 22) }))
  expect(await run(mail, at('2026-11-23', 22))).toBe(0)
  expect(await run(mail, at('2026-11-24', 7))).toBe(0)
  await tell('规则定的急事', toDeputy({ urgent: true, evenQuiet: true, at: at('2026-11-24', 6) }))
  expect(await run(mail, at('2026-11-24', 7))).toBe(1)
  expect(mail.mails[0]?.subject).toBe('表率：规则定的急事')
  expect(await run(mail, at('2026-11-24', 8))).toBe(1)
  expect(mail.mails[1]).toMatchObject({
    to: address,
    subject: '表率：2 条通知',
    text: expect.stringContaining('https://dj.example.gov.cn/'),
  })
  await tell('白天的常事', toDeputy({ at: at('2026-11-24', 9) }))
  await tell('白天的急事', toDeputy({ urgent: true, at: at('2026-11-24', 9) }))
  expect(await run(mail, at('2026-11-24', 10))).toBe(1)
  expect(await run(mail, at('2026-11-24', 15))).toBe(0)
  expect(await run(mail, at('2026-11-25', 8))).toBe(1)
  expect(mail.mails.slice(2).map(({ subject }) => subject)).toEqual(['表率：白天的急事', '表率：白天的常事'])
  expect(await run(mail, at('2026-11-25', 9))).toBe(0)
})

test('lines come as chosen: at once, by the week’s digest, on the site alone; days off are quiet; a missed run is caught up once', async () => {
  const ways = { supervision: 'mail', meetings: 'digest', duties: 'site' }
  await act(city.deputy, chooseMailAction, chosen({ ways, digestEvery: 'week', digestWeekday: 4, digestHour: 15 }))
  const mail = outbox()
  await tell('督办的事', toDeputy({ kind: 'supervision.case_remind', at: at('2026-11-25', 9) }))
  await tell('会议的事', toDeputy({ kind: 'orglife.meeting_planned', at: at('2026-11-25', 9) }))
  await tell('应办的事', toDeputy({ kind: 'rulebook.duties_soon', urgent: true, at: at('2026-11-25', 9) }))
  expect(await run(mail, at('2026-11-25', 10))).toBe(1)
  expect(await run(mail, at('2026-11-26', 14))).toBe(0)
  // Thursday's run at 15:00 was missed, and Saturday is quiet: Monday's first run brings it, once.
  await tell('周六的事', toDeputy({ kind: 'supervision.case_urge', urgent: true, at: at('2026-11-28', 9) }))
  expect(await run(mail, at('2026-11-28', 10))).toBe(0)
  expect(await run(mail, at('2026-11-30', 9))).toBe(1)
  expect(await run(mail, at('2026-11-30', 10))).toBe(0)
  expect(mail.mails.map(({ subject }) => subject)).toEqual(['表率：督办的事', '表率：2 条通知'])
  expect(mail.mails[1]?.text).toContain('会议的事')
  expect((await notices(city.deputy)).items.map(({ title }) => title)).toContain('应办的事')
  await act(city.deputy, chooseMailAction, chosen())
  await sql`update desk.notices set put_away_at = now()`.execute(platform.owner.kysely)
})

test('no table and no answer can tell who has read a notice', async () => {
  const { rows } = await sql<{ name: string }>`select column_name as name from information_schema.columns
    where table_schema = 'desk' and table_name = 'notices' order by 1`.execute(platform.owner.kysely)
  const columns = [
    'account_no',
    'body',
    'created_at',
    'even_quiet',
    'id',
    'kind',
    'link',
    'mailed_at',
    'no',
    'put_away_at',
    'title',
    'urgent',
  ]
  expect(rows.map(({ name }) => name)).toEqual(columns)
  const { rows: told } = await sql<{
    name: string
  }>`select table_schema || '.' || table_name || '.' || column_name as name from information_schema.columns
    where table_schema in ('desk', 'supervision', 'orglife', 'rulebook', 'learning', 'directory')
      and (column_name ~ '(^|_)(read|viewed)_(at|by|on|count)$|receipt|unread' or column_name ~ 'seen_(at|by)$' and table_name <> 'sessions')`.execute(
    platform.owner.kysely,
  )
  expect(told).toEqual([])
  expect(Object.keys(notice.shape).sort()).toEqual(['at', 'body', 'id', 'kind', 'link', 'putAway', 'title', 'urgent'])
  // A notice and its mark of having been put away are the reader's own: under another account the row is not there.
  await tell('只有本人看得到', { to: { accountNos: [city.leader.accountNo] } })
  const seen = await readAs(platform.database, city.officer, (read) =>
    sql<{ count: number }>`select count(*)::int as count from desk.notices where account_no <> ${city.officer.accountNo}`.execute(
      reading<'desk'>(read),
    ),
  )
  expect(seen.rows[0]?.count).toBe(0)
})

test('a mail that could not be sent is sent at the next run; what was put away is not mailed', async () => {
  await tell('要重发的', { to: { accountNos: [city.deputy.accountNo] }, urgent: true })
  await tell('收起了的', { to: { accountNos: [city.deputy.accountNo] }, urgent: true })
  const away = (await notices(city.deputy)).items.find((item) => item.title === '收起了的')
  await act(city.deputy, putAwayAction, { id: away?.id ?? '' })
  const tried: (string | undefined)[] = []
  const broken: MailSender = {
    send: ({ id }) => {
      tried.push(id)
      return Promise.reject(new Error('connection refused'))
    },
  }
  expect(await run(broken, at('2026-11-25', 11))).toBe(0)
  const mail = outbox()
  expect(await run(mail, at('2026-11-25', 12))).toBe(1)
  // Under the same message id: should the first have gone out after all, whoever receives it knows the second for a repetition.
  expect(mail.mails.map(({ id, subject }) => [id, subject])).toEqual([[tried[0], '表率：要重发的']])
})

test('two nodes at once send one digest', async () => {
  await tell('只发一次', { to: { accountNos: [city.deputy.accountNo] }, urgent: true })
  let sent = 0
  const slow: MailSender = {
    send: async () => {
      sent += 1
      await new Promise<void>((resolve) => setTimeout(resolve, 200))
    },
  }
  await Promise.all([run(slow, at('2026-11-26', 9)), run(slow, at('2026-11-26', 9))])
  expect(sent).toBe(1)
})

test('hundreds of proposals are one line a unit for an officer, and one line for the unit', async () => {
  const { hard } = await twoRequirements(platform)
  const missed = [
    { branch: city.branch, length: 150 },
    { branch: city.otherBranch, length: 140 },
  ]
  const changes = missed.flatMap(({ branch, length }) =>
    Array.from({ length }, (_, subject) => ({
      requirementNo: hard,
      subjectKind: 'p' as const,
      subjectNo: 7000 + subject,
      organizationNo: branch.no,
      periodNo: 202609,
      before: null,
      after: 4,
    })),
  )
  await writeAsSystem(platform.database, (tx) => proposeCases(tx, { changes, at: platform.clock.now() }))
  const items = async (actor: Actor) =>
    (await readAs(platform.database, actor, (read) => workItemsOf(read, actor, '2026-11-23'))).filter(
      ({ kind }) => kind === 'supervision.cases',
    )
  expect((await items(city.officer)).map(({ title, count }) => ({ title, count }))).toEqual([
    { title: '第一局：150 条立项建议待定', count: 150 },
    { title: '第二局：140 条立项建议待定', count: 140 },
  ])
  expect((await items(city.deputy)).map((item) => item.count)).toEqual([150])
  expect(await items(city.branchSecretary)).toEqual([])
})
