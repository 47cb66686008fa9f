import type { Planted } from '../../src/kernel/testing/plant.ts'
import type { TestPlatform } from '../../src/kernel/testing/test-platform.ts'
import { entryKinds } from '../../src/modules/orglife/entries/kinds.contract.ts'
import { canary, planted, row } from './canaries.ts'
import type { TwoUnits } from './two-units.ts'

const at = new Date('2026-10-20T01:00:00Z')

/** One entry of every kind by its collection, so that a new kind is tried without a line here. */
export type ForeignEntries = Readonly<Record<string, Planted>>

interface By {
  readonly person: Planted
  readonly accountNo: number
  readonly file: Planted
}

/** Entries of the second unit, one of each kind, with a canary in every text. */
export async function foreignEntries(platform: TestPlatform, { b }: TwoUnits, by: By): Promise<ForeignEntries> {
  const made: Record<string, Planted> = {}
  for (const { code, collection, confined = false } of entryKinds) {
    const entry = await planted(platform, 'orglife.entries', {
      kind: code,
      revision: 1,
      state: 'recorded',
      organization_no: b.branch.no,
      title: canary('entries.title'),
      labels: [canary('entries.labels')],
      content: { note: canary('entries.content') },
      held_on: '2026-10-15',
      place: canary('entries.place'),
      confined,
      recorded_on: '2026-10-20',
      recorded_at: at,
      recorded_by: by.accountNo,
      late_reason: canary('entries.late_reason'),
    })
    const of = { entry_no: entry.no }
    await row(platform, 'orglife.entry_organizations', { ...of, organization_no: b.branch.no, held_on: '2026-10-15', confined })
    await row(platform, 'orglife.entry_persons', { ...of, person_no: by.person.no, role: 'attendee', held_on: '2026-10-15' })
    await row(platform, 'orglife.entry_files', { ...of, file_no: by.file.no })
    await row(platform, 'orglife.entry_revisions', {
      ...of,
      revision: 1,
      state: 'recorded',
      body: { content: canary('entry_revisions.body') },
      reason: canary('entry_revisions.reason'),
      recorded_at: at,
      recorded_by: by.accountNo,
    })
    made[collection] = entry
  }
  return made
}

/** What somebody of the second unit says is wrong in a record of hers. */
export async function foreignCorrection(
  platform: TestPlatform,
  { b }: TwoUnits,
  by: { readonly person: Planted; readonly accountNo: number },
): Promise<Planted> {
  return planted(platform, 'orglife.fact_corrections', {
    state: 'asked',
    person_no: by.person.no,
    organization_no: b.branch.no,
    record_kind: 'meeting',
    record_id: canary('fact_corrections.record_id'),
    text: canary('fact_corrections.text'),
    asked_on: '2026-10-20',
    asked_at: at,
    asked_by: by.accountNo,
  })
}

interface Asked {
  readonly method: 'POST'
  readonly path: string
  readonly body: unknown
}
const post = (path: string, body: unknown): Asked => ({ method: 'POST', path: `/api/v1${path}`, body })

/** Fields without which an entry of a kind is refused before anybody is asked who may. */
const fields: Readonly<Record<string, (person: string) => Readonly<Record<string, unknown>>>> = {
  ceremony: () => ({ forms: ['oath'] }),
  'heart-talk': (person) => ({ talkerIds: [person], talkedWithIds: [person] }),
  'dual-life-report': () => ({ span: 'year' }),
  'ideology-report': () => ({ span: 'first', done: '研究部署', lacking: '没有' }),
  talk: (person) => ({ topic: '学习', place: '社区', speakerIds: [person] }),
}
const bodyOf = (code: string, person: string) => {
  const found = fields[code]
  if (!found) throw new Error(`the tests of access know no entry of ${code}: give its fields here`)
  return { heldOn: '2026-11-20', ...found(person) }
}

/** Every act on entries of the second unit, with a body that would do if they were one's own. */
export function writesOnEntries(
  entries: Readonly<Record<string, string>>,
  on: { theirs: string; own: string; ownPerson: string },
): Asked[] {
  return entryKinds.flatMap(({ code, collection }) => {
    const body = bodyOf(code, on.ownPerson)
    const why = { reason: '记错了' }
    return [
      post(`/${collection}`, { ...body, organizationIds: [on.theirs] }),
      post(`/${collection}`, { ...body, organizationIds: [on.own, on.theirs] }),
      post(`/${collection}/${entries[collection]}/correct`, { ...body, organizationIds: [on.own], revision: 1, ...why }),
      post(`/${collection}/${entries[collection]}/withdraw`, why),
    ]
  })
}

/** One's own entry that names somebody or a file of the second unit. */
export function smuggledInEntries(on: { own: string; ownPerson: string; person: string; file: string }): Asked[] {
  return entryKinds.flatMap(({ code, collection, roles }) => {
    const body = { ...bodyOf(code, on.ownPerson), organizationIds: [on.own] }
    const people = roles.map(({ field }) => post(`/${collection}`, { ...body, [field]: [on.person] }))
    return [...people, post(`/${collection}`, { ...body, fileIds: [on.file] })]
  })
}
