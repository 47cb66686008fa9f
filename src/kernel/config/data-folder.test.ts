import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDataFolder } from './data-folder.ts'
import { birthOf } from './process-identity.ts'
import { StartProblem } from './start-problem.ts'

let parent: string
let folder: string
beforeEach(async () => {
  parent = await mkdtemp(path.join(os.tmpdir(), 'biaoshuai-folder-'))
  folder = path.join(parent, 'not', 'yet', 'there')
})
afterEach(() => rm(parent, { recursive: true, force: true }))

/** The number of a process that has ended. */
async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' })
  const { pid = 0 } = child
  await once(child, 'exit')
  return pid
}

test('the folder is made, held, and given back without a trace', async () => {
  const held = await openDataFolder(folder)
  expect(held.path).toBe(folder)
  expect(await readFile(path.join(folder, 'server.pid'), 'utf8')).toBe(`${process.pid}\n${birthOf(process.pid)}\n`)
  held.release()
  expect(await readdir(folder)).toEqual([])
})

test('a second server on the same folder is turned away', async () => {
  const held = await openDataFolder(folder)
  await expect(openDataFolder(folder)).rejects.toThrow(`进程 ${process.pid}`)
  held.release()
  const next = await openDataFolder(folder)
  held.release()
  await expect(openDataFolder(folder)).rejects.toThrow(StartProblem)
  next.release()
})

test('the mark of a killed server does not keep the next one out', async () => {
  ;(await openDataFolder(folder)).release()
  await writeFile(path.join(folder, 'server.pid'), `${await deadPid()}\n\n`)
  const held = await openDataFolder(folder)
  expect(await readdir(folder)).toEqual(['server.pid'])
  held.release()
})

test('a stranger who has the killed server’s number is not taken for it', async () => {
  ;(await openDataFolder(folder)).release()
  await writeFile(path.join(folder, 'server.pid'), `${process.pid}\nanother-boot/1\n`)
  const held = await openDataFolder(folder)
  held.release()
})

test('of many that start at once exactly one gets the folder, over a stale mark too', async () => {
  ;(await openDataFolder(folder)).release()
  await writeFile(path.join(folder, 'server.pid'), `${await deadPid()}\n\n`)
  const module = new URL('./data-folder.ts', import.meta.url).href
  const script = `import { openDataFolder } from ${JSON.stringify(module)}
    openDataFolder(process.argv[1]).then(() => { console.log('got'); setTimeout(() => {}, 1500) }, () => console.log('no'))`
  const starters = Array.from({ length: 6 }, async () => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', script, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
    const chunks: string[] = []
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk.toString()))
    await once(child, 'close')
    return chunks.join('').trim()
  })
  const answers = await Promise.all(starters)
  expect(answers.filter((answer) => answer === 'got')).toHaveLength(1)
  expect(answers.filter((answer) => answer === 'no')).toHaveLength(5)
})

test('a place that is no folder is named with what to do', async () => {
  await writeFile(path.join(parent, 'file'), '')
  await expect(openDataFolder(path.join(parent, 'file', 'data'))).rejects.toThrow('请检查 BIAOSHUAI_DATA')
  await expect(openDataFolder(path.join(parent, 'file'))).rejects.toThrow(StartProblem)
})
