import type { CryptoProvider } from './crypto/provider.ts'
import type { Database } from './database/pool.ts'
import type { Log } from './log/log.ts'
import type { Clock } from './time/clock.ts'

/** What every action and every read of the running product stands on. Composed once, in `src/app`. */
export interface Platform {
  readonly database: Database
  readonly clock: Clock
  readonly crypto: CryptoProvider
  readonly log: Log
  /** Secret from which the salts of the ledger's field hashes are derived. */
  readonly ledgerSalt: string
}
