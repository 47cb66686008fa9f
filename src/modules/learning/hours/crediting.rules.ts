/** One session of a class as far as hours go. */
export interface CountedSession {
  readonly position: number
  readonly hours: number
  readonly theory: boolean
}

export interface Credited {
  readonly hours: number
  readonly theoryHours: number
  readonly missedHours: number
}

/** A session counts whole or not at all: who missed it, or left early, gets nothing for it. */
export function creditedHours(sessions: readonly CountedSession[], missed: ReadonlySet<number>): Credited {
  const came = sessions.filter((session) => !missed.has(session.position))
  const sum = (list: readonly CountedSession[]) => list.reduce((total, session) => total + session.hours, 0)
  return {
    hours: sum(came),
    theoryHours: sum(came.filter((session) => session.theory)),
    missedHours: sum(sessions) - sum(came),
  }
}

/** PX7: of a class that frees people from duty, leave may not exceed a share of all hours. */
export function exceedsLeave({ hours, missedHours }: Credited, share: number | null): boolean {
  return share !== null && missedHours > (hours + missedHours) * share + 1e-9
}

/** What of handed-in self-study still fits under the year's cap; null means no cap. */
export function withinCap(asked: number, already: number, cap: number | null): number {
  if (cap === null) return asked
  return Math.max(0, Math.min(asked, Math.floor((cap - already) * 2) / 2))
}

/** PX6, a local practice: so many hours for a day, half for half a day. Null while the conversion is off. */
export function daysToHours(days: number, dayHours: number | null): number | null {
  return dayHours === null ? null : Math.round(days * dayHours * 2) / 2
}
