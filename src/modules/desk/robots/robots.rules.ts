import type { RobotLine } from './robots.contract.ts'

/** What is counted under a robot's organization. */
export interface Tally {
  readonly open: number
  readonly soon: number
  readonly today: number
  readonly overdue: number
  readonly reported: number
}

export const testText = '表率：这是一条试发的消息，收到即说明机器人可以用。'

/** The text of one line: numbers and one link, never a name or a word of any matter. Null where there is nothing to tell. */
export function robotText(line: RobotLine, tally: Tally, origin: string): string | null {
  if (line === 'overdue') return tally.overdue === 0 ? null : `表率：逾期 ${tally.overdue} 项。\n${origin}/desk?heap=overdue`
  if (line === 'reminders') return tally.soon === 0 ? null : `表率：三天内到期 ${tally.soon} 项。\n${origin}/desk`
  if (tally.open === 0) return null
  const parts = [
    `没办结 ${tally.open} 项`,
    `今天到期 ${tally.today} 项`,
    `逾期 ${tally.overdue} 项`,
    `待核验 ${tally.reported} 项`,
  ]
  return `表率：${parts.join('，')}。\n${origin}/desk`
}
