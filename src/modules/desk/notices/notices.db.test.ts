import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { acting, aSupervisedCity, type SupervisedCity, twoRequirements } from '../../../../tests/builders/a-supervised-city.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import type { Mail, MailSender } from '../../../kernel/mail/mail.ts'
import { notify } from '../../../kernel/notices/registry.ts'
import { readAs, writeAsSystem } from '../../../kernel/database/transaction.ts'
import { testPlatform } from '../../../kernel/testing/test-platform.ts'
import { workItemsOf } from '../../../kernel/work-items/registry.ts'
import { proposeCases } from '../../supervision/index.ts'
import { sendDigests } from '../index.ts'
import { chooseMailAction } from '../mail/mail.actions.ts'
import { mailChoiceOf } from '../mail/mail.store.ts'
import { putAwayAction } from './notices.actions.ts'
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
function tell(title: string, said: { to: Parameters<typeof notify>[1]['to']; urgent?: boolean; except?: number }): Promise<void> {
  return writeAsSystem(platform.database, (tx) =>
    notify(tx, { ...said, kind: 'test.told', title, body: '', link: '/', at: platform.clock.now() }),
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

test('mail settings are one’s own and say what stands when nothing was chosen', async () => {
  const chosen = { address: 'deputy@example.gov.cn', digest: true, quietFrom: 20, quietUntil: 8 }
  const choice = (actor: Actor) => readAs(platform.database, actor, (read) => mailChoiceOf(read, actor))
  expect((await choice(city.deputy)).address).toBeNull()
  await act(city.deputy, chooseMailAction, chosen)
  expect(await choice(city.deputy)).toEqual(chosen)
  expect((await choice(city.officer)).address).toBeNull()
})

test('mail keeps quiet from eight to eight; in the morning everything goes in one digest, once a day', async () => {
  const mail = outbox()
  await tell('晚上的急事', { to: { accountNos: [city.deputy.accountNo] }, urgent: true })
  await tell('晚上的常事', { to: { accountNos: [city.deputy.accountNo] } })
  expect(await run(mail, at('2026-11-23', 20))).toBe(0)
  expect(await run(mail, at('2026-11-24', 7))).toBe(0)
  expect(await run(mail, at('2026-11-24', 8))).toBe(1)
  expect(mail.mails).toMatchObject([
    { to: 'deputy@example.gov.cn', subject: '表率：2 条通知', text: expect.stringContaining('https://dj.example.gov.cn/') },
  ])
  await tell('白天的常事', { to: { accountNos: [city.deputy.accountNo] } })
  await tell('白天的急事', { to: { accountNos: [city.deputy.accountNo] }, urgent: true })
  expect(await run(mail, at('2026-11-24', 10))).toBe(1)
  expect(mail.mails[1]?.subject).toBe('表率：白天的急事')
  expect(await run(mail, at('2026-11-24', 15))).toBe(0)
  expect(await run(mail, at('2026-11-25', 8))).toBe(1)
  expect(mail.mails[2]?.subject).toBe('表率：白天的常事')
})

test('a mail that could not be sent is sent at the next run; what was put away is not mailed', async () => {
  await tell('要重发的', { to: { accountNos: [city.deputy.accountNo] }, urgent: true })
  await tell('收起了的', { to: { accountNos: [city.deputy.accountNo] }, urgent: true })
  const away = (await notices(city.deputy)).items.find((item) => item.title === '收起了的')
  await act(city.deputy, putAwayAction, { id: away?.id ?? '' })
  const broken: MailSender = { send: () => Promise.reject(new Error('connection refused')) }
  expect(await run(broken, at('2026-11-25', 11))).toBe(0)
  const mail = outbox()
  expect(await run(mail, at('2026-11-25', 12))).toBe(1)
  expect(mail.mails.map((one) => one.subject)).toEqual(['表率：要重发的'])
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
  const items = (actor: Actor) => readAs(platform.database, actor, (read) => workItemsOf(read, actor, '2026-11-23'))
  expect((await items(city.officer)).map(({ title, count }) => ({ title, count }))).toEqual([
    { title: '第一局：150 条立项建议待定', count: 150 },
    { title: '第二局：140 条立项建议待定', count: 140 },
  ])
  expect((await items(city.deputy)).map((item) => item.count)).toEqual([150])
  expect(await items(city.branchSecretary)).toEqual([])
})
