export interface TheoryShare {
  readonly hours: number
  readonly theoryHours: number
  /** Between 0 and 1; 0 while there is nothing. */
  readonly share: number
  readonly met: boolean
  /** Hours that must become political theory while the total stays, to the half. */
  readonly missing: number
  /** Hours of political theory that must come on top of the rest, to the half. */
  readonly missingOnTop: number
}

const upToHalf = (hours: number): number => Math.ceil(Math.round(hours * 2000) / 1000) / 2

/** How the hours of political theory stand to all hours: D1.5 asks for seven of ten. Hours come in halves, so sums are exact. */
export function theoryShare(sessions: readonly { readonly hours: number; readonly theory: boolean }[]): TheoryShare {
  const sum = (list: typeof sessions) => list.reduce((total, session) => total + session.hours, 0)
  const hours = sum(sessions)
  const theoryHours = sum(sessions.filter((session) => session.theory))
  const lacks = Math.max(0, (7 * hours - 10 * theoryHours) / 10)
  return {
    hours,
    theoryHours,
    share: hours === 0 ? 0 : theoryHours / hours,
    met: hours > 0 && 10 * theoryHours >= 7 * hours,
    missing: upToHalf(lacks),
    missingOnTop: upToHalf((lacks * 10) / 3),
  }
}

/** `66.6%`, never rounded up to what is not reached. */
export const inPercent = (share: number): string => `${Math.floor(share * 1000 + 1e-9) / 10}%`

/** What the meter says, in one sentence. */
export function shareInWords(share: TheoryShare): string {
  if (share.hours === 0) return '还没有排课。'
  const stands = `政治理论 ${share.theoryHours} / ${share.hours} 学时，占 ${inPercent(share.share)}`
  if (share.met) return `${stands}，达到七成。`
  return `${stands}，不到七成；总学时不变还差 ${share.missing} 学时，在现有课程之外另加则需 ${share.missingOnTop} 学时。`
}
