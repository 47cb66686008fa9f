import { isCivilDate } from '../../../kernel/time/civil-date.ts'
import { moduleTitles } from './rulebook-file.contract.ts'
import { nearest } from './rulebook-remedies.rules.ts'
import type { Locate, RulebookMistake, RulebookPath } from './rulebook-source.rules.ts'

/** What stands in the file, right or wrong: read loosely, so that one mistake does not hide the next. */
type Loose = Readonly<Record<string, unknown>>
type Report = (path: RulebookPath, message: string) => void
interface Placed {
  readonly item: Loose
  readonly path: RulebookPath
}

const weak = ['B-', 'C', 'conflict']
const unproved = ['C', 'conflict']

function loose(value: unknown): Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Loose) : {}
}

function text(item: Loose, key: string): string | undefined {
  const value = item[key]
  return typeof value === 'string' ? value : undefined
}

function date(item: Loose, key: string): string | undefined {
  const value = text(item, key)
  return value !== undefined && isCivilDate(value) ? value : undefined
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function placed(root: Loose, section: string): Placed[] {
  return list(root[section]).map((item, index) => ({ item: loose(item), path: [section, index] }))
}

function checkOrder({ item, path }: Placed, [from, to]: readonly [string, string], report: Report): void {
  const [start, end] = [date(item, from), date(item, to)]
  if (start && end && start > end) report([...path, to], `${to}（${end}）早于 ${from}（${start}），请把前后两个日期改正。`)
}

function checkClauseCodes(clauses: readonly Placed[], report: Report): void {
  const seen = new Map<string, number>()
  for (const { item, path } of clauses) {
    const code = text(item, 'code')
    if (code === undefined) continue
    const earlier = seen.get(code)
    if (earlier === undefined) seen.set(code, Number(path[1]) + 1)
    else report([...path, 'code'], `条款代号“${code}”与第 ${earlier} 条条款重复，请换一个代号或删去一条。`)
  }
}

function overlapping(a: Loose, b: Loose): boolean {
  const forever = '9999-12-31'
  const [aFrom, bFrom] = [date(a, 'valid_from'), date(b, 'valid_from')]
  if (!aFrom || !bFrom) return false
  return aFrom < (date(b, 'valid_to') ?? forever) && bFrom < (date(a, 'valid_to') ?? forever)
}

function checkRequirementCodes(requirements: readonly Placed[], report: Report): void {
  const byCode = new Map<string, Placed[]>()
  for (const one of requirements) {
    const code = text(one.item, 'code')
    if (code === undefined) continue
    const others = byCode.get(code) ?? []
    const twin = others.find((other) => other.item['version'] === one.item['version'])
    const rival = others.find((other) => overlapping(other.item, one.item))
    if (twin) {
      report([...one.path, 'code'], `要求“${code}”第 ${String(one.item['version'])} 版已经写过，请换一个代号，或把版本号加一。`)
    } else if (rival) {
      report([...one.path, 'valid_from'], `要求“${code}”的两个版本有重叠的日子，请给较早的版本写上 valid_to。`)
    }
    byCode.set(code, [...others, one])
  }
}

function checkReferences({ item, path }: Placed, own: { code: string; clauses: readonly string[] }, report: Report): void {
  for (const [index, reference] of list(item['clauses']).entries()) {
    if (typeof reference !== 'string') continue
    const [document, clause] = reference.includes(':') ? reference.split(':') : [own.code, reference]
    if (document !== own.code || clause === undefined || own.clauses.includes(clause)) continue
    const meant = nearest(clause, own.clauses)
    const hint = meant ? `是不是“${meant}”？` : ''
    report([...path, 'clauses', index], `本文件里没有条款“${clause}”，${hint}请改正，或在 clauses（条款）里补上这一条。`)
  }
}

/** What is not proved is opened by decision alone, and says why. */
function checkUnproved({ item, path }: Placed, report: Report): void {
  const open = item['enabled'] === true && unproved.includes(text(item, 'confidence') ?? '')
  if (open && item['reason_on'] === undefined) {
    report([...path, 'enabled'], '信度为 C 或 conflict 的要求不能在文件里启用，请改为 false；核实之后再由工委管理员启用。')
  }
  if (!open && item['reason_on'] !== undefined) {
    report([...path, 'reason_on'], '只有信度为 C 或 conflict 而启用的要求才写 reason_on，请删去。')
  }
}

function checkStanding({ item, path }: Placed, report: Report): void {
  const confidence = text(item, 'confidence') ?? ''
  const enabled = item['enabled']
  if (enabled === false && item['reason_off'] === undefined)
    report(path, '没有启用的要求须写明理由，请补上 reason_off（不启用的理由）。')
  if (enabled === true && item['reason_off'] !== undefined) {
    report([...path, 'reason_off'], '已启用的要求不写不启用的理由，请删去 reason_off，或把 enabled 改为 false。')
  }
  checkUnproved({ item, path }, report)
  if (item['strength'] === 'hard' && weak.includes(confidence)) {
    report([...path, 'strength'], '信度为 B-、C 或 conflict 的要求只能是软要求，请改为 soft，或核到条文后改写信度。')
  }
}

function exactlyOne(where: Placed, keys: readonly string[], report: Report): void {
  const written = keys.filter((key) => where.item[key] !== undefined)
  if (written.length !== 1)
    report(where.path, `${keys.join('、')} 必须写且只写一项，请${written.length ? '删去多写的' : '补上一项'}。`)
}

function checkShape({ item, path }: Placed, report: Report): void {
  const subject = loose(item['subject'])
  if (item['subject'] !== undefined)
    exactlyOne({ item: subject, path: [...path, 'subject'] }, ['kinds', 'post', 'members'], report)
  if (item['target'] !== undefined) {
    exactlyOne({ item: loose(item['target']), path: [...path, 'target'] }, ['at_least', 'sum_at_least', 'ratio_at_least'], report)
  }
  const where = loose(subject['where'])
  if (Number(where['min_full_members'] ?? 0) > Number(where['max_full_members'] ?? Number.POSITIVE_INFINITY)) {
    report([...path, 'subject', 'where', 'max_full_members'], '人数上限小于下限，请把两个数改正。')
  }
  const months = item['usual_months']
  if (months !== undefined && ['month', 'once', 'event'].includes(text(item, 'cadence') ?? '')) {
    report([...path, 'usual_months'], '每月、一次和事后限期的要求没有通常月份，请删去 usual_months。')
  }
}

/** `by` belongs to once, `event` to event, and to nothing else. */
function checkCadence({ item, path }: Placed, report: Report): void {
  const cadence = text(item, 'cadence')
  for (const [key, own] of [
    ['by', 'once'],
    ['event', 'event'],
  ] as const) {
    if (cadence === own && item[key] === undefined) report(path, `周期写 ${own} 的要求须写 ${key}，请补上。`)
    if (cadence !== own && item[key] !== undefined) report([...path, key], `只有周期写 ${own} 时才写 ${key}，请删去一项。`)
  }
  const [start, by] = [date(item, 'valid_from'), date(item, 'by')]
  if (start && by && by < start) report([...path, 'by'], `最迟日期早于起用日期（${start}），请改正。`)
  if (item['event'] !== undefined && cadence === 'event') {
    exactlyOne({ item: loose(item['event']), path: [...path, 'event'] }, ['months', 'days'], report)
  }
}

function checkAwaits({ item, path }: Placed, report: Report): void {
  const [awaits, name] = [text(item, 'awaits'), text(loose(item['measure']), 'name')]
  if (awaits === undefined || name === undefined || !(awaits in moduleTitles)) return
  if (!name.startsWith(`${awaits}.`)) {
    report([...path, 'awaits'], `计量“${name}”不属于 ${awaits}，请把 awaits 改成计量名称里的模块，或改正计量名称。`)
  }
}

function checkStart({ item, path }: Placed, document: Loose, report: Report): void {
  const [start, inForce] = [date(item, 'valid_from'), date(document, 'in_force_from')]
  if (start && inForce && start < inForce)
    report([...path, 'valid_from'], `起用日期早于文件的施行日期（${inForce}），请改为施行当日或以后。`)
}

/** Checks what no single field shows: codes used twice, clauses that do not exist, dates in the wrong order, what may be on. */
export function incoherences(value: unknown, locate: Locate): RulebookMistake[] {
  const found: RulebookMistake[] = []
  const report: Report = (path, message) => found.push({ ...locate(path), path: path.join('.'), message })
  const root = loose(value)
  const document = loose(root['document'])
  const [clauses, requirements, tightenings] = [placed(root, 'clauses'), placed(root, 'requirements'), placed(root, 'tightens')]
  const own = { code: text(document, 'code') ?? '', clauses: clauses.flatMap(({ item }) => text(item, 'code') ?? []) }
  checkOrder({ item: document, path: ['document'] }, ['in_force_from', 'in_force_to'], report)
  checkClauseCodes(clauses, report)
  checkRequirementCodes(requirements, report)
  for (const requirement of requirements) {
    checkOrder(requirement, ['valid_from', 'valid_to'], report)
    checkStart(requirement, document, report)
    checkReferences(requirement, own, report)
    checkStanding(requirement, report)
    checkShape(requirement, report)
    checkCadence(requirement, report)
    checkAwaits(requirement, report)
  }
  for (const tightening of tightenings) {
    checkOrder(tightening, ['from', 'to'], report)
    checkReferences(tightening, own, report)
  }
  return found
}
