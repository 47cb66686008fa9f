import { z } from 'zod'
import { problems } from '../../../kernel/errors/problem.ts'
import { civilDate } from '../../../kernel/time/civil-date.ts'
import { type PersonCategory, personCategories } from '../persons/persons.contract.ts'
import { categories, type MembershipState, membershipStates, sexes, yesOrNo } from './roster-values.contract.ts'

/** One person as a roster row gives it, checked. What the row leaves open is null. */
export interface RosterPerson {
  readonly name: string
  readonly sex: 'male' | 'female'
  readonly idNumber: string
  readonly ethnicity: string | null
  readonly birthOn: string
  readonly education: string | null
  readonly category: PersonCategory
  /** The organization's name as written; whoever imports finds it among the organizations. */
  readonly branch: string
  readonly joinedOn: string | null
  readonly fullSince: string | null
  readonly job: string | null
  readonly phone: string | null
  readonly landline: string | null
  readonly address: string | null
  readonly membershipState: MembershipState | null
  readonly isLost: boolean
  readonly isMobile: boolean
}

export type RosterKey = keyof RosterPerson

/** How a raw cell becomes the text that `check` judges; also which mask hides it in an error. */
export type RosterKind = 'name' | 'text' | 'id_number' | 'date' | 'choice' | 'phone' | 'address'

export interface RosterColumn {
  readonly key: RosterKey
  /** As the national register of Party members exports it. */
  readonly title: string
  readonly aliases: readonly string[]
  readonly required: boolean
  readonly kind: RosterKind
  /** From the cleaned text of a cell that is not empty to the value of `RosterPerson`; the message is shown to the user. */
  readonly check: z.ZodType
  /** Values offered as a list in the template. */
  readonly choices?: readonly string[]
  readonly help: string
  readonly example: string
  readonly width: number
}

/** Han characters of every plane, the middle dot of other peoples' names, Latin letters of foreign names. */
const personName = /^[\p{Script=Han}〇](?:[\p{Script=Han}〇·]*[\p{Script=Han}〇])?$|^[\p{Script=Latin}][\p{Script=Latin}· .'-]*$/u

function text(limit: number): z.ZodType {
  return z.string().max(limit, { error: `文字太长，请控制在 ${limit} 字以内。` })
}

function oneOf(values: Readonly<Record<string, unknown>>, shown: readonly string[]): z.ZodType {
  return z.string().transform((value, context) => {
    if (Object.hasOwn(values, value)) return values[value]
    context.addIssue({ code: 'custom', message: `请填写其中之一：${shown.join('、')}。` })
    return z.NEVER
  })
}

const dateHelp = '写成 2026-07-01；2026/7/1、20260701、2026年7月1日也可以'

function yesNoColumn(key: RosterKey, title: string, aliases: readonly string[]): RosterColumn {
  const choices = ['是', '否']
  const check = oneOf(yesOrNo, choices)
  return {
    key,
    title,
    aliases,
    required: false,
    kind: 'choice',
    check,
    choices,
    help: '是或否，空白按否',
    example: '否',
    width: 16,
  }
}

/** The roster, column by column. Template, matching of headings and every error text come from here. */
export const rosterColumns: readonly RosterColumn[] = [
  {
    key: 'name',
    title: '姓名',
    aliases: ['人员姓名', '党员姓名', '名字'],
    required: true,
    kind: 'name',
    check: z
      .string()
      .min(2, { error: '姓名至少两个字。' })
      .max(50, { error: '姓名太长，请核对。' })
      .regex(personName, { error: '姓名中有数字或符号，请按证件填写；少数民族姓名中间用“·”。' }),
    help: '与居民身份证一致',
    example: '岳小样',
    width: 14,
  },
  {
    key: 'sex',
    title: '性别',
    aliases: [],
    required: false,
    kind: 'choice',
    check: oneOf(sexes, ['男', '女']),
    choices: ['男', '女'],
    help: '空白时按身份号码',
    example: '男',
    width: 8,
  },
  {
    key: 'idNumber',
    title: '公民身份号码',
    aliases: ['身份证号', '身份证号码', '居民身份证号', '居民身份证号码', '身份证', '公民身份证号码', '证件号码', '身份号码'],
    required: true,
    kind: 'id_number',
    check: z.string(),
    help: '18 位，单元格格式须为文本',
    example: '11010519491231002X',
    width: 22,
  },
  {
    key: 'ethnicity',
    title: '民族',
    aliases: [],
    required: false,
    kind: 'text',
    check: text(20),
    help: '如汉族、土家族',
    example: '汉族',
    width: 10,
  },
  {
    key: 'birthOn',
    title: '出生日期',
    aliases: ['出生年月日', '出生年月', '生日'],
    required: false,
    kind: 'date',
    check: civilDate,
    help: `${dateHelp}；空白时按身份号码`,
    example: '1949-12-31',
    width: 14,
  },
  {
    key: 'education',
    title: '学历',
    aliases: ['文化程度', '最高学历'],
    required: false,
    kind: 'text',
    check: text(30),
    help: '如大学本科',
    example: '大学本科',
    width: 12,
  },
  {
    key: 'category',
    title: '人员类别',
    aliases: ['类别', '政治面貌', '党员类别', '人员类型'],
    required: true,
    kind: 'choice',
    check: oneOf(categories, Object.values(personCategories)),
    choices: Object.values(personCategories),
    help: '从下拉列表中选',
    example: '正式党员',
    width: 14,
  },
  {
    key: 'branch',
    title: '所在党支部',
    aliases: ['所属党支部', '党支部', '所在支部', '所属支部', '支部', '所在党组织', '支部名称', '党支部名称'],
    required: true,
    kind: 'text',
    check: text(100),
    help: '与系统中的党组织名称一致；非党员填所在单位',
    example: '示例局机关第一党支部',
    width: 30,
  },
  {
    key: 'joinedOn',
    title: '加入党组织日期',
    aliases: ['入党日期', '入党时间', '加入党组织时间', '加入中共组织日期', '加入中共组织的时间'],
    required: false,
    kind: 'date',
    check: civilDate,
    help: `${dateHelp}；党员必填`,
    example: '1975-07-01',
    width: 16,
  },
  {
    key: 'fullSince',
    title: '转为正式党员日期',
    aliases: ['转正日期', '转正时间', '转为正式党员时间', '转为正式党员的日期'],
    required: false,
    kind: 'date',
    check: civilDate,
    help: `${dateHelp}；正式党员必填`,
    example: '1976-07-01',
    width: 18,
  },
  {
    key: 'job',
    title: '工作岗位',
    aliases: ['岗位', '职务', '单位职务', '工作单位及职务'],
    required: false,
    kind: 'text',
    check: text(60),
    help: '如机关工作人员',
    example: '机关工作人员',
    width: 18,
  },
  {
    key: 'phone',
    title: '联系电话',
    aliases: ['手机', '手机号', '手机号码', '电话', '移动电话', '联系方式'],
    required: false,
    kind: 'phone',
    check: z
      .string()
      .regex(/^(\+86)?1[3-9]\d{9}$|^\+?\d[\d-]{5,19}$/, { error: '电话号码不对，手机应为 11 位数字。' })
      .transform((phone) => phone.replace(/^\+86(?=1)/, '')),
    help: '11 位手机号码',
    example: '13800000000',
    width: 16,
  },
  {
    key: 'landline',
    title: '固定电话',
    aliases: ['座机', '办公电话', '固话'],
    required: false,
    kind: 'phone',
    check: z.string().regex(/^[\d+][\d+-]{4,19}$/, { error: '固定电话不对，请写成 0730-8880000。' }),
    help: '带区号',
    example: '0730-8880000',
    width: 16,
  },
  {
    key: 'address',
    title: '家庭住址',
    aliases: ['住址', '家庭地址', '现居住地', '现住址'],
    required: false,
    kind: 'address',
    check: text(200),
    help: '到门牌号',
    example: '示例市示例区示例路1号',
    width: 30,
  },
  {
    key: 'membershipState',
    title: '党籍状态',
    aliases: ['党籍'],
    required: false,
    kind: 'choice',
    check: oneOf(membershipStates, ['正常', '停止党籍']),
    choices: ['正常', '停止党籍'],
    help: '空白时党员按正常',
    example: '正常',
    width: 12,
  },
  yesNoColumn('isLost', '是否为失联党员', ['是否失联党员', '是否失联', '失联党员']),
  yesNoColumn('isMobile', '是否为流动党员', ['是否流动党员', '是否流动', '流动党员']),
]

export function rosterColumn(key: RosterKey): RosterColumn {
  const column = rosterColumns.find((one) => one.key === key)
  if (!column) throw new RangeError(`no roster column ${key}`)
  return column
}

problems({
  'directory.roster_header_missing': {
    status: 422,
    title: '前 10 行里没有找到表头。请下载模板，把表头放在第一行，再把数据粘贴到表头下面。',
  },
  'directory.roster_header_wrong': {
    status: 422,
    title: '表头不完整或有重复的列。请对照模板改正后再上传。',
  },
})
