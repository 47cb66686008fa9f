// `npm run check`: everything that can be judged without running the product, in less than 40 seconds.
import { spawn } from 'node:child_process'
import os from 'node:os'
import path from 'node:path'
import { prepare, root, runtimeEnvironment } from './bootstrap.mjs'
import { faultsInLock, faultsInMigrations, faultsInPaths, faultsInWaivers } from './check-files.mjs'

const runtime = prepare()
const environment = { ...runtimeEnvironment(runtime), NO_COLOR: '1' }

/** Runs one tool of node_modules on the pinned runtime; its output is shown only when it fails. */
function tool(script, ...args) {
  return () =>
    new Promise((resolve) => {
      const child = spawn(runtime, [path.join(root, 'node_modules', script), ...args], { cwd: root, env: environment })
      let output = ''
      child.stdout.on('data', (data) => {
        output += data
      })
      child.stderr.on('data', (data) => {
        output += data
      })
      child.on('error', (error) => resolve(error.message))
      child.on('close', (code) => resolve(code === 0 ? '' : output || `ended with ${code}`))
    })
}

/** Judges files here; each fault is a sentence. */
function judgement(judge) {
  return async () => judge(root).join('\n')
}

const steps = [
  ['types of the server', tool('typescript/bin/tsc', '-p', 'tsconfig.server.json')],
  ['types of the web', tool('typescript/bin/tsc', '-p', 'tsconfig.web.json')],
  ['types of the journeys', tool('typescript/bin/tsc', '-p', 'tsconfig.journeys.json')],
  ['lint', tool('oxlint/bin/oxlint', '--type-aware', '--deny-warnings')],
  [
    'directions and red lines',
    tool(
      'vitest/vitest.mjs',
      'run',
      '--project',
      'unit',
      '--reporter=dot',
      'src/import-directions.test.ts',
      'src/red-lines.test.ts',
    ),
  ],
  ['dead code', tool('knip/bin/knip.js', '--no-progress')],
  ['format', tool('@biomejs/biome/bin/biome', 'format', '.')],
  ['lock file', judgement(faultsInLock)],
  ['waivers', judgement(faultsInWaivers)],
  ['migrations', judgement(faultsInMigrations)],
  ['paths of a machine', judgement(faultsInPaths)],
]

async function run([name, judge]) {
  const began = performance.now()
  const output = await judge().catch((error) => String(error.stack ?? error))
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  process.stdout.write(`${output ? 'failed' : 'passed'}  ${seconds.padStart(5)} s  ${name}\n`)
  return { name, output: output.trim() }
}

async function worker(queue, results) {
  for (let step = queue.shift(); step; step = queue.shift()) results.push(await run(step))
}

const began = performance.now()
const results = []
const queue = [...steps]
await Promise.all(Array.from({ length: Math.max(2, Math.min(4, os.availableParallelism())) }, () => worker(queue, results)))
const failed = results.filter((one) => one.output)
for (const { name, output } of failed) process.stdout.write(`\n── ${name} ──\n${output}\n`)
const seconds = ((performance.now() - began) / 1000).toFixed(1)
process.stdout.write(`\n${results.length - failed.length} of ${results.length} steps passed in ${seconds} s\n`)
process.exit(failed.length === 0 ? 0 : 1)
