import { createHash } from 'node:crypto'
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { buffer, text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type FileStore, openFileStore } from './file-store.ts'
import { plainName } from './files.actions.ts'
import { type HandPart, honestParts, packByHand } from './hand-made-workbook.fixture.ts'
import { writeWorkbook } from './workbook-writer.ts'

const workbook = await buffer(writeWorkbook({ sheets: [{ name: '名单', columns: [{ title: '姓名' }], rows: [['张三']] }] }))

let folder: string
let store: FileStore
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'biaoshuai-files-'))
  store = await openFileStore(folder, 100_000)
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const pdf = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n')
const put = (content: Buffer, name: string) => store.put(Readable.from([content]), name)
const leftovers = () => readdir(path.join(folder, 'incoming'))
const contents = async () =>
  (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map((entry) => entry.name)

describe('what is taken in', () => {
  test('lies under the digest of its bytes, is given back whole, and the same content is stored once', async () => {
    const sha256 = createHash('sha256').update(pdf).digest('hex')
    expect(await put(pdf, '通知.pdf')).toEqual({ sha256, bytes: pdf.length, mediaType: 'application/pdf' })
    await put(pdf, '又一份.pdf')
    expect(await contents()).toEqual([sha256])
    expect((await stat(path.join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256))).size).toBe(pdf.length)
    expect(await text(await store.get(sha256))).toBe(pdf.toString())
    expect(await leftovers()).toEqual([])
  })

  test.each([
    ['a workbook', '名单.xlsx', workbook],
    ['plain text', '说明.txt', Buffer.from('第一行\n第二行，1 < 2\n')],
    ['text as old programs write it', '说明.csv', Buffer.from([0xd6, 0xd0, 0xce, 0xc4, 0x2c, 0x31])],
    [
      'a picture',
      '照片.PNG',
      Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64'),
    ],
  ])('%s', async (_, name, content) => {
    expect((await put(content, name)).bytes).toBe(content.length)
  })
})

describe('what is refused leaves nothing behind', () => {
  const macro: HandPart[] = [...honestParts(''), { ...(honestParts('')[0] as HandPart), name: 'xl/vbaProject.bin' }]
  test.each([
    ['a page that a browser would run', 'a.html', Buffer.from('<!DOCTYPE html><script>1</script>'), 'files.kind_refused'],
    ['a page named as text', 'a.txt', Buffer.from('\n <script>alert(1)</script>'), 'files.kind_refused'],
    [
      'a drawing with scripts',
      'a.svg',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>'),
      'files.kind_refused',
    ],
    ['a program', 'a.txt', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]), 'files.kind_refused'],
    ['a workbook with macros', '名单.xlsx', packByHand(macro), 'files.active_content'],
    ['a PDF that calls itself a page', 'a.html', pdf, 'files.name_does_not_fit'],
    [
      'an old workbook',
      'a.xls',
      Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]),
      'files.kind_refused',
    ],
    ['nothing', 'a.txt', Buffer.alloc(0), 'files.empty'],
    ['too much', 'a.txt', Buffer.alloc(100_001, 'a'), 'files.too_large'],
  ])('%s', async (...[, name, content, code]) => {
    await expect(put(content, name)).rejects.toMatchObject({ code })
    expect(await contents()).toEqual([])
  })

  test('an upload that breaks off', async () => {
    const broken = Readable.from(
      (function* () {
        yield pdf
        throw new Error('connection lost')
      })(),
    )
    await expect(store.put(broken, 'a.pdf')).rejects.toThrow('connection lost')
    expect(await contents()).toEqual([])
  })
})

test('what a killed server left half uploaded is cleared away at the next start', async () => {
  await writeFile(path.join(folder, 'incoming', 'half'), 'x')
  await openFileStore(folder)
  expect(await leftovers()).toEqual([])
})

test('a content that is gone is said so', async () => {
  await expect(store.get('0'.repeat(64))).rejects.toMatchObject({ code: 'files.content_missing' })
  await expect(store.get('../../etc')).rejects.toThrow('not a content address')
})

test('names are shown, and never become paths or mislead by invisible signs', () => {
  expect(plainName('../../etc/passwd')).toBe('passwd')
  expect(plainName('C:\\文件\\通知.pdf')).toBe('通知.pdf')
  expect(plainName('通知\u202efdp.exe\u0000')).toBe('通知fdp.exe')
  expect(plainName('  ')).toBe('未命名')
})
