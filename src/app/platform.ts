import type { Secrets } from '../kernel/config/secrets.ts'
import type { Settings } from '../kernel/config/settings.ts'
import { defaultCrypto } from '../kernel/crypto/provider.ts'
import { openDatabase } from '../kernel/database/pool.ts'
import { jsonLog, type LogLevel } from '../kernel/log/log.ts'
import type { Platform } from '../kernel/platform.ts'
import { systemClock } from '../kernel/time/clock.ts'

const levels: Record<Settings['logLevel'], LogLevel> = {
  fatal: 'error',
  error: 'error',
  warn: 'warn',
  info: 'info',
  debug: 'debug',
  trace: 'debug',
  silent: 'silent',
}

/** What actions and reads of the running product stand on. */
export function makePlatform(settings: Settings, secrets: Secrets, appUrl: string): Platform {
  return {
    database: openDatabase(appUrl, { max: 20 }),
    clock: systemClock,
    crypto: defaultCrypto({
      encryption: Buffer.from(secrets.encryptionKey, 'base64'),
      blindIndex: Buffer.from(secrets.blindIndexKey, 'base64'),
    }),
    log: jsonLog(levels[settings.logLevel], (line) => process.stderr.write(line)),
    ledgerSalt: secrets.ledgerSalt,
  }
}
