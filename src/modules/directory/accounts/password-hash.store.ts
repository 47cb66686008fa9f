import { randomBytes } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import { Problem } from '../../../kernel/errors/problem.ts'

/** Argon2id, 19 MiB, two passes: about 15 ms of one core. */
const parameters = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

const atOnce = 2
const waitingAtMost = 40
let inside = 0
let running = 0
const queue: (() => void)[] = []

/** Holds a place in the hashing queue while `work` runs; answers 503 at once when all places are taken. */
export async function withHashingPlace<Result>(work: () => Promise<Result>): Promise<Result> {
  if (inside >= atOnce + waitingAtMost) {
    throw new Problem('kernel.unavailable', { detail: '现在登录的人太多，请稍候几秒再试。', retryAfter: 3 })
  }
  inside += 1
  try {
    return await work()
  } finally {
    inside -= 1
  }
}

async function inTurn<Result>(job: () => Promise<Result>): Promise<Result> {
  if (running >= atOnce) await new Promise<void>((resolve) => queue.push(resolve))
  else running += 1
  try {
    return await job()
  } finally {
    const next = queue.shift()
    if (next) next()
    else running -= 1
  }
}

/** Hashes a password for storage; call it before a transaction is opened, never inside. */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password, parameters))
}

let dummy: Promise<string> | null = null

/** Checks a password. Without a stored hash, one nobody knows is checked instead, so that the time tells nothing. */
export async function isPassword(stored: string | null, password: string): Promise<boolean> {
  dummy ??= hash(randomBytes(24), parameters)
  const against = stored ?? (await dummy)
  const same = await inTurn(() => verify(against, password))
  return same && stored !== null
}
