import type { FieldError } from '../../../kernel/errors/problem.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'

/** A tag as far as judging an entry needs it. */
export interface TagDemands {
  readonly code: string
  readonly title: string
  readonly fields: readonly string[]
  readonly categories: readonly { readonly code: string; readonly title: string }[]
}

interface Entered {
  readonly tags: readonly { readonly tag: string; readonly category?: string | undefined }[]
  readonly hours?: number | undefined
  readonly startedOn?: CivilDate | undefined
  readonly heldOn: CivilDate
}

function tagFault(chosen: Entered['tags'][number], tag: TagDemands | undefined, index: number): FieldError[] {
  if (!tag) return [{ field: `tags.${index}.tag`, message: '没有这个标签，请从所列标签中选。' }]
  const known = tag.categories.some((category) => category.code === chosen.category)
  if (tag.categories.length === 0) {
    return chosen.category === undefined
      ? []
      : [{ field: `tags.${index}.category`, message: `“${tag.title}”不分类别，请去掉类别。` }]
  }
  const names = tag.categories.map((category) => category.title).join('、')
  return known ? [] : [{ field: `tags.${index}.category`, message: `请选“${tag.title}”的类别：${names}。` }]
}

/** What an entry lacks or has too much of, by what its tags ask for; empty when it is complete. */
export function tagFaults(entered: Entered, defined: readonly TagDemands[]): FieldError[] {
  const codes = entered.tags.map(({ tag }) => tag)
  const twice = codes.findIndex((code, index) => codes.indexOf(code) < index)
  const tags = entered.tags.map(({ tag }) => defined.find(({ code }) => code === tag))
  const timed = tags.filter((tag) => tag?.fields.includes('hours'))
  return [
    ...(twice >= 0 ? [{ field: `tags.${twice}.tag`, message: '同一个标签选了两次，请去掉一个。' }] : []),
    ...entered.tags.flatMap((chosen, index) => tagFault(chosen, tags[index], index)),
    ...(timed.length > 0 && entered.hours === undefined
      ? [{ field: 'hours', message: `“${timed[0]?.title}”按学时计入，请填学时，如 2 或 1.5。` }]
      : []),
    ...(timed.length === 0 && entered.hours !== undefined && tags.every((tag) => tag !== undefined)
      ? [{ field: 'hours', message: '所选标签不记学时，请去掉学时。' }]
      : []),
  ]
}
