import { organizationKinds } from '../../directory/organizations/organizations.contract.ts'
import { posts } from '../../directory/posts/posts.contract.ts'

type Titles = Readonly<Record<string, string>>
type Schema = Readonly<Record<string, unknown>>

/** Words of the directory that measures choose from; a measure's own words stand in its parameters. */
const vocabularies: readonly Titles[] = [
  organizationKinds as unknown as Titles,
  Object.fromEntries(Object.entries(posts).map(([code, { name }]) => [code, name])),
  { committee: '委员会', discipline_committee: '纪律检查委员会' },
  { own: '本组织', unit: '本单位及其党组、机关党委', under: '本组织及其下', below: '本组织和所有下级' },
  { first: '第一责任人', direct: '直接责任人', deputy: '分管责任人', member: '其他责任人' },
  {
    full_members: '正式党员',
    members: '党员',
    committee_members: '委员会委员',
    branches: '党支部',
    groups: '党小组',
    units: '单位',
  },
]

const isObject = (value: unknown): value is Schema => typeof value === 'object' && value !== null && !Array.isArray(value)
const titlesIn = (schema: Schema): Titles | undefined => (isObject(schema['titles']) ? (schema['titles'] as Titles) : undefined)

function known(values: readonly unknown[]): Titles | undefined {
  const words = values.filter((value) => typeof value === 'string')
  const vocabulary = vocabularies.find((titles) => words.every((word) => Object.hasOwn(titles, word)))
  return vocabulary && Object.fromEntries(words.map((word) => [word, vocabulary[word] ?? word]))
}

/** A JSON Schema in which each choice carries its Chinese names beside `enum`, as far as they are known. */
export function withChoiceTitles(schema: unknown, given?: Titles): unknown {
  if (Array.isArray(schema)) return schema.map((inner) => withChoiceTitles(inner))
  if (!isObject(schema)) return schema
  const own = titlesIn(schema) ?? given
  if (Array.isArray(schema['enum'])) {
    const titles = own ?? known(schema['enum'])
    return titles ? { ...schema, titles } : schema
  }
  return Object.fromEntries(
    Object.entries(schema).map(([key, inner]) => [key, key === 'items' ? withChoiceTitles(inner, own) : withChoiceTitles(inner)]),
  )
}
