import type { Counts } from '../indicators/indicators.contract.ts'
import { dueOf } from '../indicators/indicators.rules.ts'
import { judgeDifference, type Share } from '../differences/differences.rules.ts'

const shareOf = (counts: Counts): Share => ({ done: counts.met + counts.met_late, due: dueOf(counts) })

/** `应办 46 项，已办 41 项（其中迟办 2 项），未达标 1 项，未报 4 项；还有 9 项未到期，豁免 3 项。` */
export function standsInWords(counts: Counts): string {
  const due = dueOf(counts)
  const later = [
    ...(counts.not_due > 0 ? [`还有 ${counts.not_due} 项未到期`] : []),
    ...(counts.exempt > 0 ? [`豁免 ${counts.exempt} 项`] : []),
  ].join('，')
  if (due === 0) return later === '' ? '这一期没有应办事项。' : `这一期没有已到期的应办事项；${later}。`
  const late = counts.met_late > 0 ? `（其中迟办 ${counts.met_late} 项）` : ''
  const short = [
    ...(counts.unmet > 0 ? [`未达标 ${counts.unmet} 项`] : []),
    ...(counts.not_reported > 0 ? [`未报 ${counts.not_reported} 项`] : []),
  ]
  const open = short.length === 0 ? '没有欠办' : short.join('，')
  return `应办 ${due} 项，已办 ${counts.met + counts.met_late} 项${late}，${open}${later === '' ? '' : `；${later}`}。`
}

/** Whether this period differs from the one before by more than chance. */
export function changeInWords(now: Counts, before: Counts): string {
  const verdict = judgeDifference(shareOf(now), shareOf(before), 1)
  const was = `上一期应办 ${dueOf(before)} 项，已办 ${before.met + before.met_late} 项`
  if (verdict === 'below') return `${was}；本期完成得比上一期少，差别超出偶然范围。`
  if (verdict === 'above') return `${was}；本期完成得比上一期多，差别超出偶然范围。`
  if (verdict === 'as_others') return `${was}；两期差别在偶然范围内。`
  return `${was}；数目太少，不作比较。`
}
