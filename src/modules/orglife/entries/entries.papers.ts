import { paperOf, said } from '../../../kernel/papers/paper-blocks.ts'
import type { OfficialPaper } from '../../../kernel/papers/paper.contract.ts'
import { inChinese } from '../../../kernel/time/civil-date.ts'
import type { EntryPage } from './entry-endpoints.contract.ts'
import { type EntryKind, inWords, titleOfField } from './entry-kind.contract.ts'

function linesOf(kind: EntryKind, entry: EntryPage): [string, string][] {
  const days = entry.late ? `${inChinese(entry.heldOn)}（${inChinese(entry.recordedOn)}补记）` : inChinese(entry.heldOn)
  const lines: [string, string][] = [
    ['日期', days],
    ['组织', entry.organizations.map(({ name }) => name).join('、')],
    ['地点', entry.place ?? ''],
    ...Object.keys(kind.content.shape).map((field): [string, string] => [
      titleOfField(kind, field),
      inWords(kind, field, entry.content[field]),
    ]),
    ['补记理由', entry.lateReason ?? ''],
  ]
  return lines.filter(([, value]) => value !== '')
}

/** One entry on paper: what the record says, nothing more. */
export function entryPaper(kind: EntryKind, entry: EntryPage): OfficialPaper {
  const text = ([title, value]: [string, string]) => said(`${title}：${value}`)
  const people = kind.roles.flatMap(({ role, title }) => {
    const names = entry.people.filter((person) => person.role === role).map(({ name }) => name)
    return names.length === 0 ? [] : [text([`${title}（${names.length} 人）`, names.join('、')])]
  })
  return paperOf(entry.organization.name, {
    form: 'plain',
    title: `${kind.noun}记录：${entry.title}`,
    blocks: [...linesOf(kind, entry).map(text), ...people, ...(kind.paperLines?.(entry.content) ?? []).map((line) => said(line))],
    signedOn: entry.recordedOn,
    standing: entry.state === 'withdrawn' ? '已撤回，不再计入' : null,
  })
}
