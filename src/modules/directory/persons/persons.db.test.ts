import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../../kernel/access/actor.ts'
import { type Action, perform } from '../../../kernel/actions/action.ts'
import { readAs, writeAs } from '../../../kernel/database/transaction.ts'
import '../../../kernel/errors/kernel.problems.ts'
import { actorWith, growAncestry, type Planted, plantOrganization, plantPerson } from '../../../kernel/testing/plant.ts'
import { testPlatform } from '../../../kernel/testing/test-platform.ts'
import { idNumberCheckCharacter } from './id-number.rules.ts'
import { membersOn } from './members.queries.ts'
import { movePersonAction } from './move-person.actions.ts'
import { correctPersonAction, createPersonAction } from './persons.actions.ts'
import './persons.policy.ts'
import { listPersonsIn } from './persons.queries.ts'
import { changePerson } from './persons.store.ts'
import { revealField, viewPerson } from './viewing.actions.ts'

const platform = await testPlatform('2026-11-23')
let first: Planted
let second: Planted
let foreign: Planted
let officer: Actor
let secretary: Actor

beforeAll(async () => {
  const city = await plantOrganization(platform, { kind: 'working_committee', name: '示例市直工委' })
  const unit = await plantOrganization(platform, { kind: 'unit', name: '甲局', under: city })
  const other = await plantOrganization(platform, { kind: 'unit', name: '乙局', under: city })
  first = await plantOrganization(platform, { kind: 'branch', name: '第一党支部', under: unit })
  second = await plantOrganization(platform, { kind: 'branch', name: '第二党支部', under: unit })
  foreign = await plantOrganization(platform, { kind: 'branch', name: '外单位党支部', under: other })
  await growAncestry(platform)
  officer = actorWith('committee_officer', city)
  secretary = actorWith('branch_secretary', first)
})

let sequence = 100
function anIdNumber(): string {
  sequence += 1
  const body = `43060219800615${sequence}`
  return body + idNumberCheckCharacter(body)
}
const act = <I extends z.ZodType, R>(actor: Actor, declared: Action<I, R>, input: z.output<I>) =>
  perform(platform, declared, { actor, requestId: null, idempotencyKey: randomUUID(), input })
const code = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (error: Error & { code?: string }) => error.code ?? error.message,
  )
const looking = (actor: Actor) => ({ platform, actor, requestId: null })
const body = { category: 'full_member', exempt: false } as const
const enter = (actor: Actor, branch: Planted, more: { name: string; idNumber?: string; phone?: string }) =>
  act(actor, createPersonAction, { ...body, organizationId: branch.id, ...more })

describe('登记人员', () => {
  it('seals the ID number and phone, takes birth date and sex from the number, and keeps the first revision', async () => {
    const idNumber = anIdNumber()
    const { id } = await enter(secretary, first, { name: '单小明', idNumber, phone: '13812345678' })
    const { rows } = await platform.owner.pool.query('select *, to_jsonb(p) as whole from directory.persons p where id = $1', [
      id,
    ])
    expect(rows[0]).toMatchObject({ pinyin: 'shanxiaoming', birth_on: '1980-06-15', home_no: first.no, revision: 1 })
    expect(JSON.stringify(rows[0].whole)).not.toMatch(new RegExp(`${idNumber}|13812345678`))
    const kept = await platform.owner.pool.query('select body from directory.person_revisions where person_no = $1', [rows[0].no])
    expect(kept.rows).toEqual([{ body: expect.objectContaining({ name: '单小明', id_number_cipher: rows[0].id_number_cipher }) }])
  })

  it('answers a number that somebody outside one’s scope has without telling where', async () => {
    const idNumber = anIdNumber()
    await enter(officer, foreign, { name: '外单位人员', idNumber })
    const refused = await enter(secretary, first, { name: '重复登记', idNumber }).catch((error: unknown) => error)
    expect(refused).toMatchObject({ code: 'directory.id_number_taken' })
    expect(JSON.stringify(refused)).not.toContain('外单位')
    expect(await code(enter(secretary, first, { name: '号码不对', idNumber: '430602198006151234' }))).toBe(
      'directory.id_number_wrong',
    )
  })

  it('refuses whoever is not a keeper, and a branch that is somebody else’s', async () => {
    expect(await code(enter(actorWith('inspector', first), first, { name: '检查人员登记' }))).toBe('kernel.forbidden')
    expect(await code(enter(secretary, second, { name: '别的支部' }))).toBe('kernel.not_found')
    expect(await code(act(officer, createPersonAction, { ...body, name: '党员编入单位', organizationId: 'org_aaaa0000' }))).toBe(
      'directory.organization_not_found',
    )
  })
})

describe('看档案', () => {
  it('masks numbers for keepers, leaves them out for others, and refuses a fellow member', async () => {
    const { id } = await enter(secretary, first, { name: '欧阳小样', idNumber: anIdNumber(), phone: '13812345678' })
    expect(await viewPerson(looking(secretary), id)).toMatchObject({
      idNumberMasked: '430602************',
      phoneMasked: '138****5678',
      birthOn: '1980-06-15',
    })
    const leader = await viewPerson(looking(actorWith('unit_leader', first)), id)
    expect(leader).toMatchObject({
      idNumberMasked: null,
      phoneMasked: null,
      birthOn: null,
      abilities: expect.not.arrayContaining(['directory.person.reveal']),
    })
    expect(await code(viewPerson(looking(actorWith('member', first, { writes: false })), id))).toBe('directory.person_not_found')
    expect(await code(viewPerson(looking(actorWith('branch_secretary', second)), id))).toBe('directory.person_not_found')
    const { rows } = await platform.owner.pool.query('select no from directory.persons where id = $1', [id])
    const own = actorWith('member', first, { writes: false, person: { no: rows[0].no, id } })
    expect(await viewPerson(looking(own), id)).toMatchObject({ idNumberMasked: '430602************' })
    expect(await code(viewPerson(looking(own), 'per_nobody00'))).toBe('directory.person_not_found')
  })

  it('writes every view to the ledger, and a refused one too', async () => {
    const { id } = await enter(secretary, first, { name: '被看的人' })
    await viewPerson(looking(secretary), id)
    await code(viewPerson(looking(actorWith('branch_secretary', second)), id))
    const { rows } = await platform.owner.pool.query(
      `select outcome from ledger.entries where action = 'directory.person.view' and (entry->'objects' @> $1 or outcome = 'denied') order by no desc limit 2`,
      [JSON.stringify([{ kind: 'person', id }])],
    )
    expect(rows.map((row) => row.outcome)).toEqual(['denied', 'viewed'])
  })

  it('reveals one number for a reason to those who may, and keeps neither number nor reason in clear', async () => {
    const idNumber = anIdNumber()
    const { id } = await enter(secretary, first, { name: '要核对的人', idNumber })
    const asked = { field: 'idNumber', reason: '核对转接介绍信' } as const
    expect(await revealField(looking(secretary), id, asked)).toEqual({ value: idNumber })
    expect(await code(revealField(looking(actorWith('branch_committee_member', first)), id, asked))).toBe('kernel.forbidden')
    expect(await code(revealField(looking(actorWith('branch_secretary', second)), id, asked))).toBe('directory.person_not_found')
    const { rows } = await platform.owner.pool.query(
      `select (select string_agg(entry::text, '') from ledger.entries) || coalesce((select string_agg(reply::text, '') from kernel.idempotency_keys), '') as text`,
    )
    expect(rows[0].text).not.toMatch(new RegExp(`${idNumber}|介绍信`))
  })
})

describe('更正和转接', () => {
  it('corrects only the state that was read, and leaves unnamed fields alone', async () => {
    const { id } = await act(secretary, createPersonAction, {
      ...body,
      exempt: true,
      name: '更正前',
      job: '科员',
      organizationId: first.id,
    })
    expect(await act(secretary, correctPersonAction, { id, revision: 1, name: '更正后', reason: '登记有误' })).toEqual({
      id,
      revision: 2,
    })
    expect(await code(act(secretary, correctPersonAction, { id, revision: 1, name: '再更正', reason: '登记有误' }))).toBe(
      'kernel.changed_meanwhile',
    )
    const { rows } = await platform.owner.pool.query(
      'select name, job, exempt_from_duties from directory.persons where id = $1',
      [id],
    )
    expect(rows).toEqual([{ name: '更正后', job: '科员', exempt_from_duties: true }])
    expect(
      await code(
        act(actorWith('branch_secretary', second), correctPersonAction, {
          id,
          revision: 2,
          name: '外人更正',
          reason: '登记有误',
        }),
      ),
    ).toBe('directory.person_not_found')
    expect(
      await code(
        act(actorWith('unit_leader', first), correctPersonAction, { id, revision: 2, name: '领导更正', reason: '登记有误' }),
      ),
    ).toBe('kernel.forbidden')
  })

  it('moves a person on a day: the old branch keeps the time before', async () => {
    const person = await plantPerson(platform, { name: '转接的人', home: first, since: '2024-01-01' })
    const deputy = actorWith('full_time_deputy', { no: await ownerOf(first), id: '' })
    const move = { id: person.id, toId: second.id, on: '2026-09-01', reason: '岗位调整' }
    expect(await code(act(secretary, movePersonAction, move))).toBe('kernel.not_found')
    expect(await code(act(actorWith('member', first), movePersonAction, move))).toBe('kernel.forbidden')
    await act(deputy, movePersonAction, move)
    const names = async (branch: Planted, on: string) =>
      (await readAs(platform.database, officer, (read) => membersOn(read, branch.no, on))).map((one) => one.name)
    expect(await names(first, '2026-08-31')).toContain('转接的人')
    expect(await names(first, '2026-09-01')).not.toContain('转接的人')
    expect(await names(second, '2026-09-01')).toContain('转接的人')
    expect(await code(act(deputy, movePersonAction, { ...move, toId: first.id }))).toBe('directory.change_before_last')
  })

  it('refuses a move on or before the day a post began there, naming the field and the first day that will do', async () => {
    const person = await plantPerson(platform, { name: '刚任职的人', home: first, since: '2024-01-01' })
    await platform.owner.pool.query(
      `insert into directory.posts (id, person_no, organization_no, post, valid) values ('pst_lately', $1, $2, 'branch_deputy', '[2026-09-10,)')`,
      [person.no, first.no],
    )
    const deputy = actorWith('full_time_deputy', { no: await ownerOf(first), id: '' })
    const move = { id: person.id, toId: second.id, reason: '岗位调整' }
    for (const on of ['2026-09-01', '2026-09-10'])
      await expect(act(deputy, movePersonAction, { ...move, on })).rejects.toMatchObject({
        code: 'directory.change_before_last',
        errors: [{ field: 'on', message: expect.stringContaining('2026-09-11') }],
      })
    await act(deputy, movePersonAction, { ...move, on: '2026-09-11' })
    const { rows } = await platform.owner.pool.query(`select valid::text from directory.posts where id = 'pst_lately'`)
    expect(rows).toEqual([{ valid: '[2026-09-10,2026-09-11)' }])
  })
})

async function ownerOf(branch: Planted): Promise<number> {
  const { rows } = await platform.owner.pool.query(
    'select parent_no from directory.organization_edges where organization_no = $1',
    [branch.no],
  )
  return rows[0].parent_no
}

describe('第二道墙', () => {
  it('holds when queries run without any check: no row of another unit is read or changed', async () => {
    const outsider = await plantPerson(platform, { name: '墙外的人', home: foreign })
    const seen = await readAs(platform.database, secretary, (read) =>
      listPersonsIn(read, { order: 'pinyin', text: '墙外', limit: 10, under: foreign.no }),
    )
    expect(seen.items).toEqual([])
    expect(await readAs(platform.database, secretary, (read) => membersOn(read, foreign.no, '2026-11-23'))).toEqual([])
    const change = writeAs(platform.database, secretary, (tx) =>
      changePerson(
        tx,
        { no: outsider.no, revision: 1, columns: { name: '改了' } },
        { recordedBy: 1, recordedAt: new Date(), reason: null },
      ),
    )
    expect(await code(change)).toBe('kernel.changed_meanwhile')
  })
})
