import type { Queue } from './queue.ts'

let used: Queue | null = null

/** Names the queue of this process; once, when the work beside the requests begins. */
export function useQueue(queue: Queue): void {
  used = queue
}

/** The queue of this process; null where nothing works beside the requests, such as in an operator's command. */
export function ownQueue(): Queue | null {
  return used
}
