import { type CivilDate, inChinese } from '../../../kernel/time/civil-date.ts'
import type { Detector } from './detectors.contract.ts'

/** Something in the records that is worth a question. */
export interface Finding {
  readonly detector: Detector
  /** What it is about. The same key is never asked twice. */
  readonly key: string
  /** Who keeps the record that is asked about. */
  readonly organizationNo: number
  readonly meetingNos: readonly number[]
  readonly personNos: readonly number[]
  readonly passages: readonly string[]
  /** One plain sentence that ends with a question; names no person. */
  readonly sentence: string
}

/** Which records are looked at: the given ones, or all that were held since a day. */
export interface Looked {
  readonly meetings: readonly number[] | null
  readonly since: CivilDate
  readonly today: CivilDate
}

const titled = (title: string) => `“${title}”`
const people = (count: number) => `${count} 名同志`

export interface TwoRooms {
  readonly heldOn: CivilDate
  readonly title: string
  readonly hours: string
  readonly otherOrganization: string
  readonly otherHours: string
  readonly persons: number
}

/** One person in two rooms at once. */
export function twoRoomsSentence(is: TwoRooms): string {
  return `${inChinese(is.heldOn)} ${is.hours} 的${titled(is.title)}，与${is.otherOrganization}同一天 ${is.otherHours} 的会议时间相叠、地点不同，${people(is.persons)}两边都记为到会。是哪一边记错了，还是另有情况？`
}

/** Present although leave was asked for. */
export function onLeaveSentence(is: { heldOn: CivilDate; title: string; persons: number }): string {
  return `${inChinese(is.heldOn)}的${titled(is.title)}，${people(is.persons)}当天请了假，又记为到会。是后来赶到了，还是忘了改成缺席？`
}

/** Present before belonging, or after having left. */
export function notAMemberSentence(is: { heldOn: CivilDate; title: string; before: number; after: number }): string {
  const parts = [
    is.before > 0 ? `${people(is.before)}那天还没有编入` : null,
    is.after > 0 ? `${people(is.after)}那天已经转出` : null,
  ].filter((part) => part !== null)
  return `${inChinese(is.heldOn)}的${titled(is.title)}，${parts.join('，')}，却记为到会。是应当记列席，还是编入、转出的日期登记得不准？`
}

/** Many late entries close together, once a check was announced. */
export function burstSentence(is: {
  check: string
  announcedOn: CivilDate
  records: number
  from: CivilDate
  to: CivilDate
}): string {
  const span = is.from === is.to ? inChinese(is.from) : `${inChinese(is.from)}至${inChinese(is.to)}`
  return `${titled(is.check)}于${inChinese(is.announcedOn)}通知之后，${span}集中补录了 ${is.records} 次会议。当时为什么没有记，补录依据是什么？`
}

/** Minutes that are largely the same text. */
export function sameMinutesSentence(is: {
  heldOn: CivilDate
  title: string
  own: boolean
  other: string
  otherHeldOn: CivilDate
}): string {
  const other = is.own ? `本组织${inChinese(is.otherHeldOn)}` : `${is.other}${inChinese(is.otherHeldOn)}`
  return `${inChinese(is.heldOn)}的${titled(is.title)}，纪要与${other}会议的纪要大段相同，相同的句子列在下面。是合开、共用材料，还是录入时选错了文本？`
}
