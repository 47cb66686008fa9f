import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto'

/** Where a ciphertext lives. It opens only there: bound to row and column. */
export interface Place {
  readonly column: string
  readonly row: string
}

/** All cryptography goes through this, so that another suite (GM, a hardware module) can take its place. */
export interface CryptoProvider {
  readonly suite: string
  /** Authenticated encryption of a text; the result is text. */
  seal(plain: string, place: Place): string
  /** Opens what `seal` made; throws when anything was changed or moved. */
  open(sealed: string, place: Place): string
  /** Keyed index of a value, for equality search only. */
  blindIndex(value: string, purpose: string): string
  readonly hash: (bytes: Uint8Array) => Uint8Array
}

const version = 'g1'
const boundTo = (place: Place) => Buffer.from(`${place.column}\u0000${place.row}`)

/** AES-256-GCM with a random nonce, HMAC-SHA-256 blind index, SHA-256. Keys are 32 bytes. */
export function defaultCrypto(keys: { encryption: Uint8Array; blindIndex: Uint8Array }): CryptoProvider {
  return {
    suite: 'AES-256-GCM+SHA-256',
    seal(plain, place) {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', keys.encryption, nonce)
      cipher.setAAD(boundTo(place))
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
      return [version, nonce.toString('base64url'), body.toString('base64url'), cipher.getAuthTag().toString('base64url')].join(
        '.',
      )
    },
    open(sealed, place) {
      const [suite, nonce, body, tag, ...rest] = sealed.split('.')
      if (suite !== version || !nonce || body === undefined || !tag || rest.length > 0) throw new Error('not a sealed value')
      const decipher = createDecipheriv('aes-256-gcm', keys.encryption, Buffer.from(nonce, 'base64url'), { authTagLength: 16 })
      decipher.setAAD(boundTo(place))
      decipher.setAuthTag(Buffer.from(tag, 'base64url'))
      return Buffer.concat([decipher.update(Buffer.from(body, 'base64url')), decipher.final()]).toString('utf8')
    },
    blindIndex: (value, purpose) => createHmac('sha256', keys.blindIndex).update(`${purpose}\u0000${value}`).digest('base64url'),
    hash: (bytes) => createHash('sha256').update(bytes).digest(),
  }
}
