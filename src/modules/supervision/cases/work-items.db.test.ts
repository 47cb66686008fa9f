import { sql } from 'kysely'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { acting, aSupervisedCity, type SupervisedCity } from '../../../../tests/builders/a-supervised-city.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { readAs } from '../../../kernel/database/transaction.ts'
import { keepNoticesWith, type Notice } from '../../../kernel/notices/registry.ts'
import { testPlatform } from '../../../kernel/testing/test-platform.ts'
import { workItemsOf } from '../../../kernel/work-items/registry.ts'
import * as acts from './cases.actions.ts'
import './work-items.queries.ts'

const platform = await testPlatform('2026-11-23')
const act = acting(platform)
const told: Notice[] = []
let city: SupervisedCity

keepNoticesWith((_tx, notice) => Promise.resolve(void told.push(notice)))
beforeAll(async () => {
  city = await aSupervisedCity(platform)
})
beforeEach(async () => {
  platform.clock.moveTo('2026-11-23')
  told.length = 0
  await sql`truncate supervision.cases, supervision.case_steps cascade`.execute(platform.owner.kysely)
})

const items = (actor: Actor) => readAs(platform.database, actor, (read) => workItemsOf(read, actor, platform.clock.today()))
const open = (title = '整改会议记录') =>
  act(city.officer, acts.openAction, {
    organizationId: city.branch.id,
    title,
    reason: '检查发现',
    ownerId: city.member.id,
    dueOn: '2026-12-01',
    remedies: '补齐记录',
  })

test('an open case stands on its owner’s first page with its due date, and turns short when overdue', async () => {
  const { id } = await open()
  expect(await items(city.owner)).toMatchObject([
    { title: '整改会议记录', due: '2026-12-01', tone: 'info', link: `/cases/${id}` },
  ])
  platform.clock.moveTo('2026-11-28')
  expect((await items(city.owner))[0]?.tone).toBe('soon')
  platform.clock.moveTo('2026-12-04')
  expect((await items(city.owner))[0]).toMatchObject({ tone: 'short', detail: '完成时限2026年12月1日' })
  expect((await items(city.deputy)).map((item) => item.title)).toEqual(['1 项督办超期'])
})

test('while a case waits above it leaves the owner’s page and stands with those above', async () => {
  const { id } = await open()
  await act(city.owner, acts.pauseAction, { id, waitingFor: '上级批复' })
  expect(await items(city.owner)).toEqual([])
  expect((await items(city.deputy)).map((item) => item.title)).toEqual(['1 项督办在等上级'])
})

test('a reported case is to verify for others than whoever reported it', async () => {
  const { id } = await open()
  await act(city.deputy, acts.reportAction, { id, report: '已补齐记录' })
  expect(await items(city.deputy)).toEqual([])
  expect((await items(city.discipline)).map((item) => item.title)).toEqual(['1 项督办待核验'])
})

test('more than five own cases are summed up behind the first five', async () => {
  for (let index = 1; index <= 7; index += 1) await open(`整改会议记录之${index}`)
  const mine = await items(city.owner)
  expect(mine.length).toBe(6)
  expect(mine.at(-1)).toMatchObject({ title: '还有 2 项督办等您报告', count: 2 })
})

test('each step tells those concerned: the owner of the supervision, the opener of the report, the reporter of the return', async () => {
  const { id } = await open()
  expect(told).toMatchObject([
    {
      kind: 'supervision.case_open',
      urgent: true,
      to: { accountNos: [], personNos: [city.member.no], holders: [{ organizationNo: city.branch.no }] },
    },
  ])
  await act(city.branchSecretary, acts.reportAction, { id, report: '已补齐记录' })
  expect(told[1]).toMatchObject({
    kind: 'supervision.case_report',
    except: city.branchSecretary.accountNo,
    to: { accountNos: [city.officer.accountNo], personNos: [], holders: [] },
  })
  await act(city.deputy, acts.returnAction, { id, reason: '没有签到' })
  expect(told[2]).toMatchObject({
    kind: 'supervision.case_return',
    body: expect.stringContaining('没有签到'),
    to: { accountNos: [city.branchSecretary.accountNo], personNos: [city.member.no] },
  })
})
