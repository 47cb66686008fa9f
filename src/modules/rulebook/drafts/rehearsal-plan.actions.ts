import { sql } from 'kysely'
import { z } from 'zod'
import { action } from '../../../kernel/actions/action.ts'
import { asEngine, type Tx, writing } from '../../../kernel/database/handles.ts'
import type { RulebookRequirement } from '../documents/rulebook-file.contract.ts'
import { heldMeasure } from '../engine/engine.measures.ts'
import { type LiveRequirement, requirementVersions } from '../engine/requirement.queries.ts'
import { plainBody } from './body.rules.ts'
import { fieldDifferences } from './compare.rules.ts'
import { type Compiled, compiled, insertDocument } from './compiled.store.ts'
import { atTheTop } from './drafts.actions.ts'
import './drafts.policy.ts'
import { type Published, publishedDocuments } from './editions.queries.ts'
import { draftText } from './publish.actions.ts'
import type { changeKinds } from './publishing.contract.ts'
import { contentOf } from './succession.rules.ts'

/** One requirement that the draft would change, both ways as the engine works with it. */
export interface Planned {
  readonly code: string
  readonly title: string
  readonly change: keyof typeof changeKinds
  readonly why: readonly string[]
  readonly strength: 'hard' | 'soft'
  readonly before: LiveRequirement | null
  readonly after: LiveRequirement | null
  /** Why the new text cannot be tried. */
  readonly untried: string | null
}

interface Pair {
  readonly code: string
  readonly was: Compiled | null
  readonly is: Compiled | null
}

/** What is judged: wording, reasons and sources change nothing. */
const judgedBy = ({ requirement, stretch }: Compiled) => {
  const { subject, cadence, by, event, due, grace_days, measure, target, late, enabled, awaits } = requirement
  const rule = { subject, cadence, by, event, due, grace_days, measure, target, late, enabled, awaits }
  return contentOf({ ...rule, strength: stretch.strength, code: requirement.code })
}

const lastOf = (rows: readonly Compiled[]) => new Map(rows.map((one) => [one.code, one]))

/** Requirements that would be judged otherwise, the last text of each side. */
function differingPairs(before: readonly Compiled[], after: readonly Compiled[]): Pair[] {
  const [old, fresh] = [lastOf(before), lastOf(after)]
  return [...new Set([...fresh.keys(), ...old.keys()])].flatMap((code) => {
    const pair = { code, was: old.get(code) ?? null, is: fresh.get(code) ?? null }
    return pair.was && pair.is && judgedBy(pair.was) === judgedBy(pair.is) ? [] : [pair]
  })
}

const plain = (one: RulebookRequirement) => JSON.parse(JSON.stringify(one)) as Record<string, unknown>
const ignored = ['version', 'valid_from', 'valid_to', 'strength']

function whyOf({ was, is }: Pair): string[] {
  if (!was) return ['新增的要求']
  if (!is) return ['新的文本里没有这项要求']
  const fields = fieldDifferences('requirements', plain(was.requirement), plain(is.requirement))
  const written = fields
    .filter(({ field }) => !ignored.includes(field))
    .map((one) => `${one.title}由“${one.before}”改为“${one.after}”`)
  if (was.stretch.strength === is.stretch.strength) return written
  return [...written, is.stretch.strength === 'hard' ? '由软要求从严为硬要求' : '由硬要求改为软要求']
}

function kindOf({ was, is }: Pair): Planned['change'] {
  if (!was) return 'added'
  if (!is) return 'ended'
  if (was.requirement.enabled === is.requirement.enabled) return 'changed'
  return is.requirement.enabled ? 'switched_on' : 'switched_off'
}

function untriedOf({ is }: Pair): string | null {
  if (!is || !is.requirement.enabled) return null
  const { awaits, measure } = is.requirement
  return awaits !== undefined || !heldMeasure(measure.name) ? '还没有模块能计这一项，发布后显示为没有数据来源' : null
}

const trialVersion = { was: 9_000, is: 9_001 } as const

/** Puts rows in as if they had always applied, and reads them as the engine does. Only for a transaction that is taken back. */
async function asIfAlways(
  tx: Tx,
  rows: readonly Compiled[],
  side: keyof typeof trialVersion,
): Promise<Map<string, LiveRequirement>> {
  if (rows.length === 0) return new Map()
  const db = writing<'rulebook'>(tx)
  await sql`update rulebook.requirements set valid = daterange(date '1000-01-01' + version, date '1000-01-01' + version + 1)
    where code = any (${rows.map(({ code }) => code)}::text[])`.execute(db)
  for (const { row } of rows) {
    await db
      .insertInto('rulebook.requirements')
      .values({ ...row, version: trialVersion[side], valid: sql<string>`daterange('2000-01-01', null)` })
      .execute()
  }
  const numbers = await sql<{ no: number }>`select no from rulebook.requirements where version = ${trialVersion[side]}`.execute(
    db,
  )
  const known = new Set(numbers.rows.map(({ no }) => no))
  const versions = await requirementVersions(tx)
  return new Map(versions.filter(({ no }) => known.has(no)).map((one) => [one.code, one]))
}

/** The document as the draft would make it; a new one is entered for as long as the trial lasts. */
async function triedDocument(
  tx: Tx,
  text: { base: Published | null; file: Published['rulebook'] },
  at: Date,
): Promise<Published> {
  if (text.base) return { ...text.base, rulebook: text.file }
  const { no, id } = await insertDocument(tx, text.file, { hash: 'trial', at })
  const { code, title } = text.file.document
  return { no, id, code, title, rulebook: text.file, edition: 1 }
}

/** What a draft would change, ready to be judged on any days. To be run by `rehearse` alone: it leaves nothing behind. */
export const planRehearsal = action({
  name: 'rulebook.rule.rehearse',
  input: z.object({ id: z.string() }),
  touches: atTheTop,
  run: async (work, { id }) => {
    const text = await draftText(work, id)
    const published = await publishedDocuments(work.tx)
    const plan = await asEngine(work.tx, async (): Promise<Planned[]> => {
      const document = await triedDocument(work.tx, text, work.now)
      const others = published.filter(({ no }) => no !== document.no)
      const pairs = differingPairs(compiled(published), compiled([...others, document]))
      const after = await asIfAlways(
        work.tx,
        pairs.flatMap(({ is }) => is ?? []),
        'is',
      )
      const before = await asIfAlways(
        work.tx,
        pairs.flatMap(({ was }) => was ?? []),
        'was',
      )
      return pairs.map((pair) => ({
        code: pair.code,
        title: (pair.is ?? pair.was)?.requirement.title ?? '',
        change: kindOf(pair),
        why: whyOf(pair),
        strength: (pair.is ?? pair.was)?.stretch.strength ?? 'soft',
        before: before.get(pair.code) ?? null,
        after: after.get(pair.code) ?? null,
        untried: untriedOf(pair),
      }))
    })
    return {
      reply: plan,
      objects: [{ kind: 'rulebook_draft', id: text.draft.id }],
      fields: { body: contentOf(plainBody(text.file)).length },
    }
  },
})
