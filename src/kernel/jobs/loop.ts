import { errorFields, type Log } from '../log/log.ts'

/** A piece of work that is done again and again while the product runs. */
export interface LoopOptions {
  /** For the log. */
  readonly name: string
  /** Milliseconds of rest when there was nothing to do. */
  readonly every: number
  /** One turn; answers how much was done. After anything but 0 the next turn follows at once. */
  readonly run: () => Promise<number>
  readonly log: Log
}

export interface Loop {
  /** Ends the loop when the running turn has ended. */
  stop(): Promise<void>
  /** Ends the rest, so that work just handed in does not wait. */
  wake(): void
}

const longestRest = 15_000

/** Rest after the n-th failure in a row: it doubles, so that a database that is away is not hammered. */
export function restAfter(failures: number, every: number): number {
  return failures === 0 ? every : Math.min(longestRest, Math.max(every, 250) * 2 ** Math.min(failures - 1, 10))
}

/**
 * Runs work in turns that never overlap. An error ends the turn, not the loop: it is logged once for a row of failures, the
 * rests grow, and the first turn that succeeds again says so.
 */
export function startLoop({ name, every, run, log }: LoopOptions): Loop {
  let [stopped, woken, failures] = [false, false, 0]
  let endRest = () => {}

  const turn = async (): Promise<number> => {
    try {
      const done = await run()
      if (failures > 0) log.info('loop_recovered', { loop: name, failures })
      failures = 0
      return done
    } catch (error) {
      failures += 1
      if (failures === 1) log.error('loop_failed', { loop: name, ...errorFields(error) })
      return 0
    }
  }

  const rest = (milliseconds: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds)
      endRest = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  const ended = (async () => {
    while (!stopped) {
      woken = false
      const done = await turn()
      if (stopped || done > 0) continue
      if (!woken || failures > 0) await rest(restAfter(failures, every))
    }
  })()

  return {
    stop: () => {
      stopped = true
      endRest()
      return ended
    },
    wake: () => {
      woken = true
      if (failures === 0) endRest()
    },
  }
}
