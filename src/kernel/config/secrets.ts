import { createHash, generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto'
import { chmod, link, open, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { fileProblem, StartProblem, systemCode } from './start-problem.ts'

const key = z.base64().refine((value) => Buffer.from(value, 'base64').length === 32)

const secretsSchema = z.object({
  /** Encrypts ID numbers and telephone numbers. */
  encryptionKey: key,
  /** Finds an encrypted value without decrypting. */
  blindIndexKey: key,
  ledgerSalt: key,
  /** The password of the database role that owns nothing. */
  appDatabasePassword: key,
  /** Ed25519, PKCS8 in PEM. */
  ledgerSigningKey: z.string().startsWith('-----BEGIN PRIVATE KEY-----'),
})

export type Secrets = Readonly<z.output<typeof secretsSchema>>

function newSecrets(): Secrets {
  const random = () => randomBytes(32).toString('base64')
  return {
    encryptionKey: random(),
    blindIndexKey: random(),
    ledgerSalt: random(),
    appDatabasePassword: random(),
    ledgerSigningKey: generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}

/** Names the keys the data depends on without giving them away: each holds 256 random bits. */
function fingerprint(secrets: Secrets): string {
  const { encryptionKey, blindIndexKey, ledgerSalt } = secrets
  return createHash('sha256')
    .update(JSON.stringify([encryptionKey, blindIndexKey, ledgerSalt]))
    .digest('hex')
    .slice(0, 32)
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined
    throw fileProblem(file, error)
  }
}

/** Writes a file that appears whole or not at all, readable by its owner only; false when one is there already. */
async function writeOnce(file: string, content: string): Promise<boolean> {
  const draft = `${file}.${process.pid}.${randomUUID()}.new`
  try {
    await using handle = await open(draft, 'w', 0o600)
    await handle.writeFile(content)
    await handle.sync()
    await link(draft, file)
    return true
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false
    throw fileProblem(file, error)
  } finally {
    await rm(draft, { force: true })
  }
}

function parseSecrets(file: string, content: string): Secrets {
  try {
    return secretsSchema.parse(JSON.parse(content))
  } catch (error) {
    throw new StartProblem(
      `密钥文件 ${file} 已损坏。请用备份中的密钥文件替换它，不要删除后重新生成，否则已加密的数据无法读出。`,
      {
        cause: error,
      },
    )
  }
}

function lost(file: string): StartProblem {
  return new StartProblem(
    `密钥文件 ${file} 不存在或与这份数据不符。请把备份中的密钥文件放回原处，或用 BIAOSHUAI_SECRETS 指明它的位置。`,
  )
}

/**
 * The keys of the data in `folder`, made at the first start. They lie in `secrets.json` there, or in `file` when given. A
 * fingerprint beside the data keeps a lost or foreign key file from being taken for a first start.
 */
export async function loadSecrets(folder: string, file = path.join(folder, 'secrets.json')): Promise<Secrets> {
  const fingerprintFile = path.join(folder, 'secrets.fingerprint')
  const expected = (await readIfThere(fingerprintFile))?.trim()
  let content = await readIfThere(file)
  if (content === undefined) {
    if (expected) throw lost(file)
    await writeOnce(file, `${JSON.stringify(newSecrets(), null, 2)}\n`)
    content = (await readIfThere(file)) ?? ''
  }
  const secrets = parseSecrets(file, content)
  if (!expected) await writeOnce(fingerprintFile, `${fingerprint(secrets)}\n`)
  else if (expected !== fingerprint(secrets)) throw lost(file)
  if (path.dirname(file) === path.resolve(folder)) await chmod(file, 0o600).catch(() => undefined)
  return secrets
}
