import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import pg from 'pg'

const mark = '/* kept */ '

/**
 * Stands first in a statement that is asked often and takes longer to plan than to run. The connection then keeps it prepared under
 * its text, so that its plan is made once; what changes from one time to the next must be a parameter.
 */
export const keptPlan = sql.raw(mark)

/** Texts beyond this many are not kept: a text that holds what varies would fill the memory of all connections. */
const most = 4_000
const names = new Map<string, string>()

/** The same text has the same name in all processes; PostgreSQL cuts names at 63 bytes. */
function nameOf(text: string): string | null {
  const known = names.get(text)
  if (known !== undefined) return known
  if (names.size >= most) return null
  const name = `kept_${createHash('sha256').update(text).digest('hex').slice(0, 40)}`
  names.set(text, name)
  return name
}

/** A connection that prepares marked statements by name and leaves all others as they are. */
export class KeepingClient extends pg.Client {
  override query(...given: unknown[]): never {
    const [text, values, ...rest] = given
    const name = typeof text === 'string' && text.startsWith(mark) ? nameOf(text) : null
    const handed = name === null ? given : [{ name, text, values }, ...rest]
    return Reflect.apply(pg.Client.prototype.query, this, handed) as never
  }
}
