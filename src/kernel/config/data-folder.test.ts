import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDataFolder } from './data-folder.ts'
import { StartProblem } from './start-problem.ts'

let parent: string
let folder: string
beforeEach(async () => {
  parent = await mkdtemp(path.join(os.tmpdir(), 'biaoshuai-folder-'))
  folder = path.join(parent, 'not', 'yet', 'there')
})
afterEach(() => rm(parent, { recursive: true, force: true }))

test('the folder is made, held, and given back without a trace', async () => {
  const held = await openDataFolder(folder)
  expect(held.path).toBe(folder)
  expect(await readFile(path.join(folder, 'server.pid'), 'utf8')).toBe(`${process.pid}\n`)
  held.release()
  expect(await readdir(folder)).toEqual(['server.lock'])
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

const module = new URL('./data-folder.ts', import.meta.url).href
const starting = `import { openDataFolder } from ${JSON.stringify(module)}
  openDataFolder(process.argv[1]).then(() => console.log('got'), () => console.log('no'))
  process.stdin.resume()`

/** A process that has tried to take the folder: what it was told, and how to end it. */
async function starter() {
  const child = spawn(process.execPath, ['--input-type=module', '-e', starting, folder], { stdio: ['pipe', 'pipe', 'inherit'] })
  const [said] = (await once(child.stdout, 'data')) as [Buffer]
  const end = async (signal: 'SIGKILL' | 'SIGTERM') => {
    child.kill(signal)
    await once(child, 'close')
  }
  return { answer: said.toString().trim(), end }
}

test('a killed server does not keep the next one out', async () => {
  const killed = await starter()
  await expect(openDataFolder(folder)).rejects.toThrow('请先停止它')
  await killed.end('SIGKILL')
  const held = await openDataFolder(folder)
  expect(await readFile(path.join(folder, 'server.pid'), 'utf8')).toBe(`${process.pid}\n`)
  held.release()
})

test('of many that start at once exactly one gets the folder, after a killed one too', async () => {
  const killed = await starter()
  await killed.end('SIGKILL')
  const starters = await Promise.all(Array.from({ length: 6 }, starter))
  const answers = starters.map(({ answer }) => answer).toSorted()
  await Promise.all(starters.map(({ end }) => end('SIGTERM')))
  expect(answers).toEqual(['got', 'no', 'no', 'no', 'no', 'no'])
})

test('a place that is no folder is named with what to do', async () => {
  await writeFile(path.join(parent, 'file'), '')
  await expect(openDataFolder(path.join(parent, 'file', 'data'))).rejects.toThrow('请检查 BIAOSHUAI_DATA')
  await expect(openDataFolder(path.join(parent, 'file'))).rejects.toThrow(StartProblem)
})
