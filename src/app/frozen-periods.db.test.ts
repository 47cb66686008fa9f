import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type Planted, type World, worldOf } from '../../tests/builders/world.ts'
import type { Actor } from '../kernel/access/actor.ts'
import { type Action, perform } from '../kernel/actions/action.ts'
import { useEmptyDatabases } from '../kernel/database/empty-database.ts'
import { writing } from '../kernel/database/handles.ts'
import { readAs, writeAsSystem } from '../kernel/database/transaction.ts'
import { fileStore, openFileStore, useFileStore } from '../kernel/files/file-store.ts'
import { provideLedger } from '../kernel/ledger/settings.ts'
import { type TestPlatform, testPlatform } from '../kernel/testing/test-platform.ts'
import { moveOrganizationAction } from '../modules/directory/index.ts'
import { recordMeetingAction, withdrawMeetingAction } from '../modules/orglife/index.ts'
import { type MeetingKind, recordMeetingBody } from '../modules/orglife/meetings/meetings.contract.ts'
import { exemptAction, freezeSnapshot, loadRulebooks, runReplay, sweep, updateCells } from '../modules/rulebook/index.ts'
import { differencesOf } from '../modules/rulebook/snapshots/differences.queries.ts'
import { heldMeasure } from '../modules/rulebook/engine/engine.measures.ts'
import { noticeFor, sealChecked } from '../modules/rulebook/snapshots/seals.queries.ts'
import {
  freezePeriodAction,
  replaySnapshotAction,
  supersedeSnapshotAction,
} from '../modules/rulebook/snapshots/snapshots.actions.ts'
import { snapshotShown } from '../modules/rulebook/snapshots/snapshots.queries.ts'
import { registerModules } from './modules.ts'

let platform: TestPlatform
let world: World
let city: Planted
let units: Planted[]
let branches: Planted[]
const secretaries = new Map<string, Planted>()
let officer: Actor
let folder: string

const by = (actor: Actor) => ({ actor, requestId: null, idempotencyKey: null })
const run = <I extends Parameters<typeof perform>[1]['input'], R>(
  declared: Action<I, R>,
  input: unknown,
  actor = officer,
): Promise<R> => perform(platform, declared, { ...by(actor), input: input as never })
const settle = () =>
  writeAsSystem(platform.database, async (tx) => {
    await sweep(tx, platform.clock.today())
    while ((await updateCells(tx)) > 0);
  })

/** A reproducible stream of small numbers. */
function drawing(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor(state / 65_536) % below
  }
}

const kinds: readonly MeetingKind[] = [
  'members_meeting',
  'committee_meeting',
  'theme_day',
  'lecture',
  'organization_life_meeting',
]

async function meet(branch: Planted, heldOn: string, more: { kind?: MeetingKind; theory?: boolean } = {}): Promise<string> {
  const category = more.theory === false ? 'business' : 'political_theory'
  const body = {
    organizationIds: [branch.id],
    kinds: [more.kind ?? 'members_meeting'],
    title: '会议',
    heldOn,
    agenda: [{ title: '学习', category }],
    lateReason: '补记',
    ...(more.kind === 'lecture' && { speakerId: secretaries.get(branch.id)?.id }),
  }
  return (await run(recordMeetingAction, recordMeetingBody.parse(body))).id
}

async function month(at: number, draw: (below: number) => number, made: string[]): Promise<void> {
  for (const branch of branches) {
    if (draw(3) === 0) continue
    const day = String(1 + draw(27)).padStart(2, '0')
    const held = `2026-${String(Math.max(1, at - draw(2))).padStart(2, '0')}-${day}`
    const kind = kinds[draw(kinds.length)] ?? 'theme_day'
    const fits = kind !== 'committee_meeting' || branch === branches[0]
    made.push(await meet(branch, held, { kind: fits ? kind : 'theme_day', theory: draw(2) === 0 }))
  }
  const withdrawn = made[draw(made.length)]
  if (at % 4 === 0 && withdrawn) await run(withdrawMeetingAction, { id: withdrawn, reason: '误记' }).catch(() => undefined)
}

/** Meetings and withdrawals over nine months by a seed, a move and an exemption. */
async function history(seed: number): Promise<void> {
  const draw = drawing(seed)
  const made: string[] = []
  const decided: Readonly<Record<number, () => Promise<unknown>>> = {
    4: () => run(moveOrganizationAction, { id: branches[0]?.id, parentId: units[1]?.id, on: '2026-04-10', reason: '机构改革' }),
    6: () =>
      run(exemptAction, {
        subject: branches[2]?.id,
        from: '2026-06-01',
        to: '2026-08-31',
        reason: '集中攻坚，经研究豁免',
        ground: 'other',
      }),
  }
  for (let at = 1; at <= 9; at += 1) {
    platform.clock.moveTo(`2026-${String(at).padStart(2, '0')}-28`)
    await settle()
    await month(at, draw, made)
    await decided[at]?.()
  }
  platform.clock.moveTo('2026-10-12')
  await settle()
}

beforeAll(async () => {
  registerModules()
  platform = await testPlatform('2026-01-01')
  folder = await mkdtemp(path.join(tmpdir(), 'biaoshuai-freeze-'))
  const { privateKey } = generateKeyPairSync('ed25519', {
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  provideLedger({ folder, signingKey: privateKey })
  useFileStore(await openFileStore(folder))
  const template = new URL(inject('databaseUrl')).pathname.slice(1)
  useEmptyDatabases({ serverUrl: platform.ownerUrl, migrations: 'db/migrations', template })
  world = worldOf(platform)
  city = await world.organization('working_committee', '示例工委', null)
  units = [await world.organization('unit', '甲单位', city), await world.organization('unit', '乙单位', city)]
  branches = []
  for (const [index, size] of [8, 4, 3].entries()) {
    const branch = await world.organization('branch', `第${index + 1}支部`, units[index % 2] ?? city)
    const people = await world.people(branch, size)
    if (size >= 7) await world.committee(branch, people.slice(0, 3))
    const [secretary] = people
    if (secretary) await world.post(secretary, branch, 'branch_secretary')
    if (secretary) secretaries.set(branch.id, secretary)
    branches.push(branch)
  }
  officer = await world.actor('committee_officer', city)
  await world.figuresFrom('2026-01-01')
  await writeAsSystem(platform.database, (tx) => loadRulebooks(tx, 'rulebooks'))
  await history(20261123)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const shown = (id: string, actor = officer) => readAs(platform.database, actor, (read) => snapshotShown(read, id, actor))
const differences = (id: string) => readAs(platform.database, officer, (read) => differencesOf(read, id, { limit: 200 }))
const replay = async (id: string) => runReplay(platform, (await run(replaySnapshotAction, { id })).id)
const noticed = (organization: Planted, period: string) =>
  readAs(platform.database, officer, (read) => noticeFor(read, { organization: organization.id, period }))

describe('a frozen period', () => {
  let third: string
  it('is replayed in an empty database to the same bytes, after a history of records, corrections, a move and an exemption', async () => {
    third = (await run(freezePeriodAction, { organization: city.id, period: '2026Q3' })).id
    await freezeSnapshot(platform, third)
    const found = await replay(third)
    expect(found).toMatchObject({ outcome: 'same', difference: null, versions: [] })
    expect(found?.rows).toBeGreaterThan(40)
    expect((await shown(third)).state).toBe('frozen')
  })

  it('holds for a unit as well', async () => {
    const { id } = await run(freezePeriodAction, { organization: units[1]?.id, period: '2026H1' })
    await freezeSnapshot(platform, id)
    expect(await replay(id)).toMatchObject({ outcome: 'same' })
  })

  it('keeps no names and nothing of a person but a number', async () => {
    const { fileSha256 } = await shown(third)
    const text = await new Response(Readable.toWeb(await fileStore().get(fileSha256 ?? '')) as ReadableStream).text()
    const inputs = text.split('\n').filter((line) => line.startsWith('['))
    expect(inputs.length).toBeGreaterThan(50)
    expect(inputs.join('\n')).not.toMatch(/示例|第\d支部|"学习"|"会议"/)
  })

  it('is not frozen twice, and only an officer of the organization freezes or supersedes', async () => {
    await expect(run(freezePeriodAction, { organization: city.id, period: '2026Q3' })).rejects.toMatchObject({
      code: 'rulebook.already_frozen',
    })
    await expect(run(freezePeriodAction, { organization: city.id, period: '2027' })).rejects.toMatchObject({
      code: 'rulebook.period_not_begun',
    })
    const deputy = await world.actor('full_time_deputy', city)
    await expect(run(freezePeriodAction, { organization: city.id, period: '2026Q2' }, deputy)).rejects.toMatchObject({
      status: 403,
    })
    await expect(run(supersedeSnapshotAction, { id: third, reason: '重新冻结' }, deputy)).rejects.toMatchObject({ status: 403 })
    await expect(run(replaySnapshotAction, { id: third }, deputy)).rejects.toMatchObject({ status: 403 })
    const elsewhere = await world.actor('committee_officer', units[0] ?? city)
    await expect(shown(third, elsewhere)).rejects.toMatchObject({ code: 'rulebook.snapshot_not_found' })
  })

  it('cannot be changed in the database by anybody, the engine included', async () => {
    const change = writeAsSystem(platform.database, (tx) =>
      sql`update rulebook.snapshots set note = 'x' where id = ${third}`.execute(writing<'rulebook'>(tx)),
    )
    await expect(change).rejects.toThrow()
    await expect(
      sql`update rulebook.snapshots set state = 'freezing' where id = ${third}`.execute(platform.owner.kysely),
    ).rejects.toThrow('stays as it is')
    await expect(sql`delete from rulebook.snapshots where id = ${third}`.execute(platform.owner.kysely)).rejects.toThrow()
  })

  it('shows a late record as a difference with its cause, while the frozen figure stays', async () => {
    expect((await differences(third)).items).toEqual([])
    const before = await sql`select * from rulebook.snapshot_obligations order by 1, 2, 3, 4, 5, 6`.execute(platform.owner.kysely)
    const branch = branches[1] ?? city
    const meeting = await meet(branch, '2026-08-05', { kind: 'members_meeting' })
    await settle()
    const { items, cells } = await differences(third)
    expect(items.length).toBeGreaterThan(0)
    expect(items.filter((item) => !['recorded_late', 'follows'].includes(item.cause))).toEqual([])
    const late = items.filter((item) => item.cause === 'recorded_late')
    expect(late.filter((item) => item.organization.id !== branch.id)).toEqual([])
    expect(late[0]?.records).toMatchObject([{ id: meeting, change: 'added', recordedOn: '2026-10-12' }])
    expect(cells).toBeGreaterThan(0)
    const after = await sql`select * from rulebook.snapshot_obligations order by 1, 2, 3, 4, 5, 6`.execute(platform.owner.kysely)
    expect(after.rows).toEqual(before.rows)
    const own = items.filter((item) => item.period === '2026-08' && item.organization.id === branch.id)
    expect(await noticed(branch, '2026-08')).toMatchObject({ frozen: { changed: own.length, on: '2026-10-12' } })
    expect(await replay(third)).toMatchObject({ outcome: 'same' })
    await run(withdrawMeetingAction, { id: meeting, reason: '误记' })
    await settle()
    expect((await differences(third)).items).toEqual([])
  })

  it('is superseded with a reason, and both are kept', async () => {
    const { id } = await run(supersedeSnapshotAction, { id: third, reason: '补记核实后重新冻结' })
    await freezeSnapshot(platform, id)
    expect(await shown(third)).toMatchObject({ state: 'frozen', supersededBy: id })
    expect(await shown(id)).toMatchObject({ state: 'frozen', supersedes: { id: third, reason: '补记核实后重新冻结' } })
    expect(await replay(third)).toMatchObject({ outcome: 'same' })
    await expect(run(supersedeSnapshotAction, { id: third, reason: '再来一次' })).rejects.toMatchObject({
      code: 'rulebook.already_superseded',
    })
  })

  it('refuses a supersession and a replay before it is frozen', async () => {
    const { id } = await run(freezePeriodAction, { organization: city.id, period: '2026-02' })
    await expect(run(supersedeSnapshotAction, { id, reason: '太早了吧' })).rejects.toMatchObject({
      code: 'rulebook.not_yet_frozen',
    })
    await expect(run(replaySnapshotAction, { id })).rejects.toMatchObject({ code: 'rulebook.not_yet_frozen' })
  })

  it('names a measure whose version changed instead of differing in silence', async () => {
    const held = heldMeasure('orglife.meetings_held')
    if (!held) throw new Error('no such measure')
    const [version, facts] = [held.version, held.facts]
    const planted = held as { version: number; facts: typeof facts }
    planted.facts = (params) => sql`select f.* from (${facts(params)}) f where f.record_no % 2 = 0`
    expect(await replay(third)).toMatchObject({
      outcome: 'version_differs',
      versions: expect.arrayContaining([expect.objectContaining({ kind: 'statement' })]) as unknown,
    })
    planted.version = 2
    const found = await replay(third)
    planted.version = version
    planted.facts = facts
    expect(found).toMatchObject({
      outcome: 'version_differs',
      versions: [{ kind: 'measure', name: 'orglife.meetings_held', frozen: '1', now: '2' }],
    })
    expect(found?.says).toContain('冻结时为第 1 版，本程序为第 2 版')
  })

  it('is refused when one byte of its file was changed', async () => {
    const { fileSha256 } = await shown(third)
    const place = path.join(folder, fileSha256?.slice(0, 2) ?? '', fileSha256?.slice(2, 4) ?? '', fileSha256 ?? '')
    const bytes = await readFile(place)
    const at = [3, Math.floor(bytes.length / 2), bytes.length - 40]
    for (const position of at) {
      const changed = Buffer.from(bytes)
      changed[position] = (changed[position] ?? 0) ^ 1
      const { sha256 } = await fileStore().keep(Readable.from([changed]))
      expect(await sealChecked('snp_x', sha256)).toMatchObject({ whole: false })
    }
    const { sha256 } = await fileStore().keep(Readable.from([bytes, '\n']))
    expect(await sealChecked('snp_x', sha256)).toMatchObject({ whole: false })
    expect(await sealChecked('snp_x', fileSha256 ?? '')).toMatchObject({ whole: true })
  })
})
