import { organizationKinds } from '../../../directory/organizations/organizations.contract.ts'
import { posts } from '../../../directory/posts/posts.contract.ts'
import { standingTitles } from '../../documents/rulebook-file.contract.ts'
import { looseOf } from './draft-content.rules.ts'

/** One parameter of a measure as a form asks for it. */
export interface ParameterField {
  readonly name: string
  readonly title: string
  readonly help: string | undefined
  readonly required: boolean
  readonly control: 'choice' | 'choices' | 'words' | 'number' | 'check' | 'text' | 'group'
  readonly options: readonly { readonly value: string; readonly label: string }[]
  /** What holds when nothing is written, in words. */
  readonly otherwise: string | undefined
  /** Of a group. */
  readonly fields: readonly ParameterField[]
}

const texts = (value: unknown): string[] => (Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [])
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

/** Coded values that mean the same wherever they stand; a schema's own titles come first. */
const usual: Readonly<Record<string, string>> = {
  ...organizationKinds,
  ...Object.fromEntries(Object.entries(posts).map(([code, { name }]) => [code, name])),
  ...standingTitles,
  committee: '委员会',
  discipline_committee: '纪委',
  own: '本组织',
  under: '本组织和所有下级',
  first: '第一责任人',
  direct: '直接责任人',
  deputy: '分管责任人',
  member: '成员',
  members: '党员',
  full_members: '正式党员',
  committee_members: '委员',
  branches: '党支部',
  groups: '党小组',
  units: '单位',
  hours: '按学时',
  records: '按条数',
}

function optionsOf(schema: Readonly<Record<string, unknown>>) {
  const titles = looseOf(schema['titles'])
  return texts(schema['enum']).map((value) => ({ value, label: text(titles[value]) ?? usual[value] ?? value }))
}

const plain: Readonly<Record<string, ParameterField['control']>> = { integer: 'number', number: 'number', boolean: 'check' }

function controlOf(schema: Readonly<Record<string, unknown>>): ParameterField['control'] {
  if (schema['enum']) return 'choice'
  if (schema['type'] === 'array') return looseOf(schema['items'])['enum'] ? 'choices' : 'words'
  if (schema['type'] === 'object' && schema['properties']) return 'group'
  return plain[String(schema['type'])] ?? 'text'
}

function inWords(value: unknown, options: ParameterField['options']): string | undefined {
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  return options.find((option) => option.value === value)?.label ?? String(value)
}

function fieldOf(name: string, given: unknown, required: boolean): ParameterField | null {
  const schema = looseOf(given)
  // A single possible value is nothing to ask for.
  if ('const' in schema) return null
  const control = controlOf(schema)
  const options = optionsOf(control === 'choices' ? { titles: schema['titles'], ...looseOf(schema['items']) } : schema)
  return {
    name,
    title: text(schema['title']) ?? name,
    help: text(schema['help']) ?? text(schema['description']),
    required: required && schema['default'] === undefined,
    control,
    options,
    otherwise: inWords(schema['default'], options),
    fields: control === 'group' ? parameterFields(schema) : [],
  }
}

/** The fields that a form needs for the parameters of a measure, in the order of its schema. */
export function parameterFields(schema: unknown): ParameterField[] {
  const root = looseOf(schema)
  const required = texts(root['required'])
  return Object.entries(looseOf(root['properties'])).flatMap(([name, one]) => fieldOf(name, one, required.includes(name)) ?? [])
}
