import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import type { CheckpointSigner, CheckpointVerifier } from './checkpoint.rules.ts'

/** An Ed25519 signer from a private key in PEM (PKCS #8). The key id binds the key to the log's origin. */
export function checkpointSigner(privateKeyPem: string, origin: string): CheckpointSigner {
  const key = createPrivateKey(privateKeyPem)
  return { keyId: keyIdOf(createPublicKey(key), origin), sign: (bytes) => sign(null, bytes, key) }
}

/** An Ed25519 verifier from a public key in PEM (SPKI). */
export function checkpointVerifier(publicKeyPem: string, origin: string): CheckpointVerifier {
  const key = createPublicKey(publicKeyPem)
  return { keyId: keyIdOf(key, origin), verify: (bytes, signature) => verify(null, bytes, key, signature) }
}

const ed25519Mark = 0x01

/** First four bytes of SHA-256 over name, line feed, algorithm mark and raw key, as signed notes (C2SP) define it. */
function keyIdOf(key: KeyObject, origin: string): Uint8Array {
  const { crv, x } = key.export({ format: 'jwk' })
  if (crv !== 'Ed25519' || !x) throw new Error('a checkpoint key must be an Ed25519 key')
  const raw = Buffer.from(x, 'base64url')
  return createHash('sha256').update(`${origin}\n`).update(Buffer.of(ed25519Mark)).update(raw).digest().subarray(0, 4)
}
