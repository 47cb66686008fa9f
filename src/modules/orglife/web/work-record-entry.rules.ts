import { z } from 'zod'
import { correctWorkBody, recordWorkBody, type TagShown, type WorkRecordPage } from '../work-records/work-records.contract.ts'

const named = z.object({ id: z.string(), name: z.string() })
const linked = named.extend({ kind: z.enum(['meeting', 'work_record']) })
const own = {
  people: z.array(named).default([]),
  files: z.array(named).default([]),
  links: z.array(linked).max(20).default([]).meta({ title: '相关记录', help: '可不填' }),
}

/** The form's fields: those of the record, with names beside the ids of people, files and other records. */
export const recordFields = recordWorkBody.omit({ personIds: true, fileIds: true }).extend(own)
export const correctFields = correctWorkBody.omit({ personIds: true, fileIds: true }).extend(own)
type Common = Omit<z.output<typeof recordFields>, 'lateReason'>

/** What is sent of the form. */
export function sentOf<Values extends Common>({ people, files, links, ...rest }: Values) {
  const others = links.map(({ kind, id }) => ({ kind, id }))
  return { ...rest, personIds: people.map(({ id }) => id), fileIds: files.map(({ id }) => id), links: others }
}

/** What stands as the title until another is written; the day stands beside it everywhere. */
export function titleFor(tags: readonly { title: string }[]): string {
  return tags
    .map(({ title }) => title)
    .join('、')
    .slice(0, 100)
}

/** What the chosen tags ask for together. */
export function askedBy(tags: readonly TagShown[]) {
  const asks = (field: TagShown['fields'][number]) => tags.some((tag) => tag.fields.includes(field))
  return {
    hours: asks('hours'),
    persons: asks('persons'),
    quantity: asks('quantity'),
    place: asks('place'),
    unit: tags.find((tag) => tag.fields.includes('quantity'))?.unit ?? null,
  }
}

/** Chosen tags by their codes, each keeping the category that was picked. */
export function withTags(
  before: readonly { tag: string; category?: string | undefined }[],
  codes: readonly string[],
): { tag: string; category?: string | undefined }[] {
  return codes.map((tag) => before.find((each) => each.tag === tag) ?? { tag })
}

/** A stored record as the form's values, to be corrected. */
export function valuesOf(page: WorkRecordPage, categories: ReadonlyMap<string, readonly { code: string; title: string }[]>) {
  const tags = page.tags.map(({ code, category }) => {
    const chosen = categories.get(code)?.find(({ title }) => title === category)
    return { tag: code, ...(chosen && { category: chosen.code }) }
  })
  const optional = {
    startedOn: page.startedOn,
    hours: page.hours,
    quantity: page.quantity,
    place: page.place,
    result: page.result,
  }
  return {
    organizationIds: page.organizations.map(({ id }) => id),
    tags,
    title: page.title,
    content: page.content,
    heldOn: page.heldOn,
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== null)),
    people: page.people.map(({ personId, name }) => ({ id: personId, name })),
    files: page.files.map(({ id, name }) => ({ id, name })),
    links: page.links.map(({ kind, id, title }) => ({
      kind: kind === 'meeting' ? ('meeting' as const) : ('work_record' as const),
      id,
      name: title ?? '一条记录（不在您的管理范围内）',
    })),
    revision: page.revision,
  }
}

/** The form's address, preset by a duty or a list. */
export function workAddress(preset: { organization?: string; tag?: string; period?: string }): string {
  const search = new URLSearchParams(Object.entries(preset).filter((pair): pair is [string, string] => Boolean(pair[1])))
  return search.size === 0 ? '/work-records/new' : `/work-records/new?${search.toString()}`
}

/** Where the form keeps what is not sent yet. */
export function workDraftKey(preset: { organization: string; tag?: string | undefined; period?: string | undefined }): string {
  return `work-record:${preset.organization}:${preset.tag ?? ''}:${preset.period ?? ''}`
}
