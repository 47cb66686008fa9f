// `npm test [-- --only check|unit|db|durability|journeys]`: everything that can fail, then one line with the sum.
import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { giveUp, prepare, root, runtimeEnvironment } from './bootstrap.mjs'
import { ensureBrowser } from './browser.mjs'

const parts = ['check', 'unit', 'db', 'durability', 'journeys']

function partsAsked() {
  const [flag, only] = process.argv.slice(2)
  if (flag === undefined) return parts
  if (flag !== '--only' || !parts.includes(only)) giveUp(`用法：npm test，或 npm test -- --only ${parts.join('|')}`)
  return [only]
}

const asked = partsAsked()
const runtime = prepare()
const reports = path.join(root, '.cache', 'test')
mkdirSync(reports, { recursive: true })

let running
let interrupted = false
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    interrupted = true
    if (signal === 'SIGTERM' || !process.stdin.isTTY) running?.kill(signal)
  })
}

function run(args, environment = {}) {
  return new Promise((resolve) => {
    running = spawn(runtime, args, { cwd: root, stdio: 'inherit', env: { ...runtimeEnvironment(runtime), ...environment } })
    running.on('error', () => resolve(1))
    running.on('exit', (code) => resolve(code ?? 1))
  })
}

function report(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

const failures = []
const firstLines = (text = '') =>
  stripVTControlCharacters(text)
    .split('\n')
    .filter((line) => line.trim())
    .slice(0, 6)
    .join(' / ')
    .slice(0, 400)

/** A journey that came through at the second walk only is named too: it passed, and somebody should look. */
function noteJourney(file, { title, ok, tests }) {
  const walks = tests.flatMap(({ projectName, results }) => results.map((result) => ({ ...result, projectName })))
  for (const { projectName, status, error } of walks.filter((walk) => !['passed', 'skipped'].includes(walk.status)))
    failures.push(
      `${ok ? 'walked twice' : 'failed'}: ${file}: ${projectName}: ${title}: ${status}: ${firstLines(error?.message)}`,
    )
}

function noteFailures({ testResults = [], suites = [] }) {
  for (const { name, assertionResults } of testResults) {
    for (const { fullName, status, failureMessages } of assertionResults) {
      if (status === 'failed')
        failures.push(`failed: ${path.relative(root, name)}: ${fullName}: ${failureMessages[0]?.split('\n')[0] ?? ''}`)
    }
  }
  for (const { file, specs, suites: inner } of suites) {
    for (const spec of specs) noteJourney(file, spec)
    noteFailures({ suites: inner })
  }
}

/** A runner that failed without naming a failed test (it crashed, or found none) counts as one failure. */
function tally({ passed, failed }, code) {
  return { passed, failed: failed === 0 && (code !== 0 || passed === 0) ? 1 : failed }
}

async function check() {
  const code = await run([path.join('bin', 'check.mjs')])
  return { passed: 0, failed: code === 0 ? 0 : 1 }
}

async function vitest(project) {
  const file = path.join(reports, `${project}.json`)
  rmSync(file, { force: true })
  const code = await run([
    path.join('node_modules', 'vitest', 'vitest.mjs'),
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ])
  const answer = report(file) ?? {}
  noteFailures(answer)
  const { numPassedTests = 0, numFailedTests = 0 } = answer
  return tally({ passed: numPassedTests, failed: numFailedTests }, code)
}

async function journeys() {
  const file = path.join(reports, 'journeys.json')
  rmSync(file, { force: true })
  const environment = { CHROMIUM_PATH: ensureBrowser(), PLAYWRIGHT_JSON_OUTPUT_FILE: file }
  const cli = path.join('node_modules', '@playwright', 'test', 'cli.js')
  const code = await run([cli, 'test', '--reporter=line,json'], environment)
  const answer = report(file) ?? {}
  noteFailures(answer)
  const { expected = 0, flaky = 0, unexpected = 0 } = answer.stats ?? {}
  return tally({ passed: expected + flaky, failed: unexpected }, code)
}

const runners = { check, unit: () => vitest('unit'), db: () => vitest('db'), durability: () => vitest('durability'), journeys }
const total = { passed: 0, failed: 0 }
const summary = []
for (const part of asked) {
  if (interrupted) break
  const { passed, failed } = await runners[part]()
  total.passed += passed
  total.failed += failed
  summary.push(part === 'check' ? `check: ${failed === 0 ? 'clean' : 'failed'}` : `${part}: ${passed} passed, ${failed} failed`)
}
if (interrupted) total.failed += 1
for (const failure of failures) process.stdout.write(`${failure}\n`)
process.stdout.write(`\n${summary.join('\n')}\ntotal: ${total.passed} passed, ${total.failed} failed\n`)
process.exit(total.failed === 0 ? 0 : 1)
