import { randomBytes } from 'node:crypto'

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

/** A prefixed random id such as `mtg_7k2m…`: 24 characters of 5 bits, so it can't be guessed and says no time. */
export function newId(prefix: string): string {
  return `${prefix}_${Array.from(randomBytes(24), (byte) => alphabet[byte & 31]).join('')}`
}
