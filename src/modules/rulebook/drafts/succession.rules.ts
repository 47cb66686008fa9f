import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import type { RulebookFile, RulebookRequirement, RulebookTightening } from '../documents/rulebook-file.contract.ts'

/** A stretch of time in which something reads the same; `to` is the first day on which it no longer applies. */
interface Stretch<Item> {
  readonly item: Item
  readonly from: CivilDate
  readonly to: CivilDate | null
}

const forever = '9999-12-31'
const later = (a: CivilDate, b: CivilDate) => (a > b ? a : b)
const sooner = (a: CivilDate | null, b: CivilDate) => (a !== null && a < b ? a : b)

/** JSON with its keys in order: equal for equal content. */
export function contentOf(value: unknown): string {
  return JSON.stringify(ordered(value))
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined)
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, ordered(inner)]))
}

/**
 * What applies when a new text takes over on a day: before it the old text, from it on the new. A stretch that reads the same on
 * both sides stays one, so that whatever did not change is not touched.
 */
export function succeed<Item>(
  before: readonly Stretch<Item>[],
  after: readonly Stretch<Item>[],
  rule: { on: CivilDate; same: (a: Item, b: Item) => boolean },
): Stretch<Item>[] {
  const { on, same } = rule
  const past = before.filter(({ from }) => from < on).map((one) => ({ ...one, to: (one.to ?? forever) > on ? on : one.to }))
  const future = after.filter(({ to }) => (to ?? forever) > on).map((one) => ({ ...one, from: later(one.from, on) }))
  const [last, first] = [past.at(-1), future[0]]
  if (!last || !first || last.to !== first.from || !same(last.item, first.item)) return [...past, ...future]
  return [...past.slice(0, -1), { ...last, to: first.to }, ...future.slice(1)]
}

function grouped<Item>(items: readonly Item[], key: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>()
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item])
  return groups
}

const byStart = <Item>(stretches: Stretch<Item>[]) => stretches.toSorted((a, b) => (a.from < b.from ? -1 : 1))

const readsAlike = (a: RulebookRequirement, b: RulebookRequirement) => bare(a) === bare(b)
const bare = ({ version: _v, valid_from: _f, valid_to: _t, ...content }: RulebookRequirement) => contentOf(content)

/** A requirement's versions with their stretches, earliest first. */
export function stretchesOf(requirements: readonly RulebookRequirement[]): Stretch<RulebookRequirement>[] {
  return byStart(requirements.map((item) => ({ item, from: item.valid_from, to: item.valid_to ?? null })))
}

/** Gives each stretch its number: what stood before keeps it, what is new takes the next that was never used. */
function numbered(
  chain: readonly Stretch<RulebookRequirement>[],
  before: readonly RulebookRequirement[],
  lastUsed: number,
): RulebookRequirement[] {
  let last = lastUsed
  return chain.map(({ item, from, to }) => {
    const stood = before.find((one) => one.valid_from === from && readsAlike(one, item))
    const fresh = item.version > last ? item.version : last + 1
    const version = stood?.version ?? fresh
    last = Math.max(last, version)
    const { valid_to: _ended, ...kept } = item
    return { ...kept, version, valid_from: from, ...(to !== null && { valid_to: to }) }
  })
}

function requirementsFrom(base: RulebookFile | null, draft: RulebookFile, rule: Taking): RulebookRequirement[] {
  const [old, fresh] = [grouped(base?.requirements ?? [], codeOf), grouped(draft.requirements, codeOf)]
  return [...new Set([...fresh.keys(), ...old.keys()])].flatMap((code) => {
    const before = old.get(code) ?? []
    const chain = succeed(stretchesOf(before), stretchesOf(fresh.get(code) ?? []), { on: rule.on, same: readsAlike })
    const used = Math.max(0, rule.lastUsed.get(code) ?? 0, ...before.map(({ version }) => version))
    return numbered(chain, before, used)
  })
}

const codeOf = ({ code }: RulebookRequirement) => code

function tightensFrom(base: RulebookFile | null, draft: RulebookFile, on: CivilDate): RulebookTightening[] {
  const stretches = (items: readonly RulebookTightening[]) =>
    byStart(items.map((item) => ({ item, from: item.from, to: item.to ?? null })))
  const plain = ({ from: _f, to: _t, ...content }: RulebookTightening) => contentOf(content)
  const key = ({ requirement }: RulebookTightening) => requirement
  const [old, fresh] = [grouped(base?.tightens ?? [], key), grouped(draft.tightens, key)]
  return [...new Set([...fresh.keys(), ...old.keys()])].flatMap((code) =>
    succeed(stretches(old.get(code) ?? []), stretches(fresh.get(code) ?? []), { on, same: (a, b) => plain(a) === plain(b) }).map(
      ({ item: { to: _ended, ...kept }, from, to }) => ({ ...kept, from, ...(to !== null && { to }) }),
    ),
  )
}

/** From which day the draft applies, and the highest version number ever used for each requirement. */
export interface Taking {
  readonly on: CivilDate
  readonly lastUsed: ReadonlyMap<string, number>
}

/**
 * The document as it stands after a draft has taken over on a day. Requirements that the draft no longer has end on it; clauses that
 * ended versions still cite stay.
 */
export function succession(base: RulebookFile | null, draft: RulebookFile, rule: Taking): RulebookFile {
  const requirements = requirementsFrom(base, draft, rule)
  const tightens = tightensFrom(base, draft, rule.on)
  const cited = new Set([...requirements, ...tightens].flatMap(({ clauses }) => clauses))
  const known = new Set(draft.clauses.map(({ code }) => code))
  const kept = (base?.clauses ?? []).filter(({ code }) => cited.has(code) && !known.has(code))
  return { ...draft, clauses: [...draft.clauses, ...kept], requirements, tightens }
}

/** The document with everything in it ended on a day; what would only begin later falls away. */
export function endedOn(file: RulebookFile, on: CivilDate): RulebookFile {
  return {
    ...file,
    document: { ...file.document, in_force_to: on },
    requirements: file.requirements.filter(({ valid_from }) => valid_from < on).map((one) => clipped(one, on)),
    tightens: file.tightens.filter(({ from }) => from < on).map((one) => ({ ...one, to: sooner(one.to ?? null, on) })),
  }
}

function clipped(one: RulebookRequirement, on: CivilDate): RulebookRequirement {
  return { ...one, valid_to: sooner(one.valid_to ?? null, on) }
}

/** The document with one requirement ended on a day. */
export function requirementEnded(file: RulebookFile, code: string, on: CivilDate): RulebookFile {
  return {
    ...file,
    requirements: file.requirements.flatMap((one) => (one.code !== code ? [one] : one.valid_from < on ? [clipped(one, on)] : [])),
  }
}
