export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent'
type Fields = Readonly<Record<string, string | number | boolean | null | undefined>>

/** Structured log. Fields carry ids, codes and counts; never names, numbers of persons, bodies or addresses. */
export interface Log {
  debug(event: string, fields?: Fields): void
  info(event: string, fields?: Fields): void
  warn(event: string, fields?: Fields): void
  error(event: string, fields?: Fields): void
}

const weight: Record<LogLevel, number> = { debug: 10, info: 20, warn: 30, error: 40, silent: 100 }

/** One JSON line an event, written by `write`. */
export function jsonLog(level: LogLevel, write: (line: string) => void): Log {
  const at =
    (own: Exclude<LogLevel, 'silent'>) =>
    (event: string, fields: Fields = {}) => {
      if (weight[own] < weight[level]) return
      write(`${JSON.stringify({ time: new Date().toISOString(), level: own, event, ...fields })}\n`)
    }
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}

/** What may be logged of an error: its kind and code. Messages and details of database errors quote values. */
export function errorFields(error: unknown): Fields {
  if (!(error instanceof Error)) return { error: typeof error }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  const constraint = 'constraint' in error && typeof error.constraint === 'string' ? error.constraint : undefined
  const frames = error.stack
    ?.split('\n')
    .filter((line) => line.trimStart().startsWith('at '))
    .slice(0, 6)
    .join(' ')
  return { error: error.name, code, constraint, frames }
}
