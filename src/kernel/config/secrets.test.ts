import { createPrivateKey, sign, verify } from 'node:crypto'
import { chmod, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadSecrets } from './secrets.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'biaoshuai-secrets-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('keys are made once, whole, and readable by the owner only', async () => {
  const first = await loadSecrets(folder)
  expect(await loadSecrets(folder)).toEqual(first)
  expect((await stat(path.join(folder, 'secrets.json'))).mode & 0o777).toBe(0o600)
  const keys = [first.encryptionKey, first.blindIndexKey, first.ledgerSalt, first.appDatabasePassword]
  expect(keys.map((key) => Buffer.from(key, 'base64').length)).toEqual([32, 32, 32, 32])
  expect(new Set(keys).size).toBe(4)
  expect((await readdir(folder)).sort()).toEqual(['secrets.fingerprint', 'secrets.json'])
})

test('the ledger key signs', async () => {
  const key = createPrivateKey((await loadSecrets(folder)).ledgerSigningKey)
  expect(key.asymmetricKeyType).toBe('ed25519')
  const text = Buffer.from('检查点')
  expect(verify(null, text, key, sign(null, text, key))).toBe(true)
})

test('two starts at once end with the same keys', async () => {
  const [one, two] = await Promise.all([loadSecrets(folder), loadSecrets(folder)])
  expect(one).toEqual(two)
})

test('a lost key file is not taken for a first start', async () => {
  await loadSecrets(folder)
  await rm(path.join(folder, 'secrets.json'))
  await expect(loadSecrets(folder)).rejects.toThrow('备份')
  expect(await readdir(folder)).not.toContain('secrets.json')
})

test('the key file of other data is refused', async () => {
  const other = await mkdtemp(path.join(os.tmpdir(), 'biaoshuai-secrets-'))
  await loadSecrets(folder)
  await loadSecrets(other)
  await rename(path.join(other, 'secrets.json'), path.join(folder, 'secrets.json'))
  await rm(other, { recursive: true })
  await expect(loadSecrets(folder)).rejects.toThrow('与这份数据不符')
})

test('a damaged key file is refused and left as it is', async () => {
  await loadSecrets(folder)
  const file = path.join(folder, 'secrets.json')
  await writeFile(file, '{"encryptionKey":"short"}')
  await expect(loadSecrets(folder)).rejects.toThrow('已损坏')
  expect(await readFile(file, 'utf8')).toBe('{"encryptionKey":"short"}')
})

test('keys may lie outside the data folder', async () => {
  const file = path.join(folder, 'elsewhere.json')
  const made = await loadSecrets(folder, file)
  expect(await loadSecrets(folder, file)).toEqual(made)
  expect(await readdir(folder)).not.toContain('secrets.json')
})

test('a key file opened to others is closed again', async () => {
  await loadSecrets(folder)
  await chmod(path.join(folder, 'secrets.json'), 0o644)
  await loadSecrets(folder)
  expect((await stat(path.join(folder, 'secrets.json'))).mode & 0o777).toBe(0o600)
})
