import { z } from 'zod'

/** What is looked for. Each only asks; none of them judges. */
export const detectors = {
  burst: '检查前集中补录',
  two_rooms: '同一时段两处到会',
  on_leave: '请假当天记到会',
  not_a_member: '不在支部时记到会',
  same_minutes: '纪要大段相同',
} as const
export type Detector = keyof typeof detectors
export const detector = z.enum(Object.keys(detectors) as [Detector, ...Detector[]]).meta({ title: '疑问类别' })

/** How each is found, for everybody to read. */
export const detectorRules: Readonly<Record<Detector, string>> = {
  burst: '检查通知发出到检查当天，48 小时内补录 4 次以上、每次都在开会 10 天以后才录入的，问一句。',
  two_rooms: '两次会议都填了起止时间和地点，时间相叠、地点不同，同一个人两边都记到会的，问一句。没有填时间的不比。',
  on_leave: '当天有本人的会前请假、又记为到会的，问一句。两次会议时间明确不相叠的不算。',
  not_a_member: '开会那天还没有编入这个支部、或已经转出，却记为到会（不是列席）的，问一句。',
  same_minutes:
    '把纪要切成小段比对，去掉书名、文件名和许多组织共用的通知原文之后，短的一份有四分之三以上与长的一份相同的，问一句（同一组织自己的前后两次，九成以上才问）。只比是不是同一份文字，不看写了什么。',
}
