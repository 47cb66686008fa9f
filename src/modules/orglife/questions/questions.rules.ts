import { detectors, type Detector } from './detectors.contract.ts'

/** Ten working days, counted as two weeks. */
const usualWait = 14

/** Days that those above wait for an answer, from the installation's setting; a nonsensical one does not shorten the branch's time. */
export function waitDaysOf(setting: unknown): number {
  const days = typeof setting === 'number' ? setting : Number(setting)
  return setting !== undefined && setting !== null && Number.isInteger(days) && days >= 1 && days <= 90 ? days : usualWait
}

/** What whoever keeps the records is told. */
export function askedNotice(question: { detector: string; sentence: string }): { title: string; body: string } {
  return {
    title: `有一条记录想请您核对：${detectors[question.detector as Detector] ?? '会议记录'}`,
    body: `${question.sentence}这只是一个问题，不计入任何考核。`,
  }
}

/** A share in whole percent, or null where nothing was asked. */
export const shareOf = (part: number, whole: number): number | null => (whole === 0 ? null : Math.round((part * 100) / whole))
