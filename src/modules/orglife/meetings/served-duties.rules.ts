import { Problem } from '../../../kernel/errors/problem.ts'
import { period, periodInChinese } from '../../../kernel/time/period.ts'

/** One obligation on which a record bears, as far as the answer speaks of it. */
interface Served {
  readonly requirement: string
  readonly title: string
  readonly period: string
  readonly satisfied: boolean
  readonly late: boolean
}

/** What a record satisfies at once; the same requirement of several organizations is named once. */
export function satisfiedOf(served: readonly Served[]) {
  const seen = new Map(
    served
      .filter((each) => each.satisfied)
      .map((each) => [
        `${each.requirement} ${each.period}`,
        { requirement: each.requirement, title: each.title, period: each.period, late: each.late },
      ]),
  )
  return [...seen.values()]
}

/** A record that came after the last day needs a reason; the engine says where it came late. `day` names the day of the act in words. */
export function checkLateness(served: readonly Served[], lateReason: string | undefined, day = '开会日期'): void {
  const late = served.filter((each) => each.late)
  if (late.length === 0 || lateReason) return
  const where = [...new Set(late.map((each) => `${each.title}（${periodInChinese(period(each.period))}）`))].join('、')
  throw new Problem('orglife.late_reason_missing', {
    detail: `${where}已过记录期限，请填写补记理由。${day}和记录日期会并列显示。`,
    errors: [{ field: 'lateReason', message: '已过记录期限，请写明为什么现在才记。' }],
  })
}
