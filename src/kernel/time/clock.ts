import type { CivilDate } from './civil-date.ts'

/** The only source of now. Injected; tests use `fixedClock`. */
export interface Clock {
  now(): Date
  /** Today in Asia/Shanghai. */
  today(): CivilDate
}

const inShanghai = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai', dateStyle: 'short' })

/** The civil date in Asia/Shanghai at an instant. */
export function civilDateAt(instant: Date): CivilDate {
  return inShanghai.format(instant)
}

export const systemClock: Clock = {
  now: () => new Date(),
  today: () => civilDateAt(new Date()),
}

/** A clock that stands at noon of a day until it is moved. */
export function fixedClock(date: CivilDate): Clock & { moveTo(date: CivilDate): void } {
  let at = new Date(`${date}T12:00:00+08:00`)
  return {
    now: () => new Date(at),
    today: () => civilDateAt(at),
    moveTo(next) {
      at = new Date(`${next}T12:00:00+08:00`)
    },
  }
}
