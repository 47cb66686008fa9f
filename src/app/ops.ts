import { StartProblem } from '../kernel/config/start-problem.ts'
import { Problem } from '../kernel/errors/problem.ts'
import { RulebooksRefused } from '../modules/rulebook/index.ts'
import { createAdministrators } from './ops/admin.ts'
import { backup, restore } from './ops/backup.ts'
import { createCommittee } from './ops/committee.ts'
import { demo, scaleOf } from './ops/demo.ts'
import { rebuildFigures, sweepToday, takeInWords } from './ops/figures.ts'
import { exportTo, verify } from './ops/ledger.ts'
import { importRoster, rosterOrderOf } from './ops/import-roster.ts'
import { say } from './ops/open.ts'
import { replayFile, replayOrderOf } from './ops/snapshot.ts'
import { status } from './ops/status.ts'

interface Command {
  /** As typed, with what must follow in brackets. */
  readonly usage: string
  readonly does: string
  /** Takes the words after the command; null means that they do not fit. Answers the exit code. */
  readonly run: (words: readonly string[]) => Promise<number> | null
}

const alone = (run: () => Promise<number>) => (words: readonly string[]) => (words.length === 0 ? run() : null)
const withOne = (run: (word: string) => Promise<number>) => (words: readonly string[]) => {
  const [word, ...more] = words
  return word === undefined || word === '' || more.length > 0 ? null : run(word)
}
const withScale = (words: readonly string[]) => {
  const [option, value, ...more] = words.flatMap((word) => word.split('='))
  const scale = option === '--scale' && more.length === 0 ? scaleOf(value ?? '') : undefined
  return scale === undefined ? null : demo(scale)
}
const withRoster = (words: readonly string[]) => {
  const order = rosterOrderOf(words)
  return order === null ? null : importRoster(order)
}

const withSnapshot = (words: readonly string[]) => {
  const order = replayOrderOf(words)
  return order === null ? null : replayFile(order)
}

/** By the words with which a command begins. */
const commands: Readonly<Record<string, Command>> = {
  help: { usage: 'help', does: '列出全部命令', run: alone(help) },
  status: { usage: 'status', does: '一屏看清运行情况：数据、台账、后台、磁盘', run: alone(status) },
  'admin create': { usage: 'admin create', does: '建立首批三员账号（系统、安全、审计管理员）', run: alone(createAdministrators) },
  'committee create': {
    usage: 'committee create <工委全称>',
    does: '设立工委本身，其余组织在页面上设立',
    run: withOne(createCommittee),
  },
  'ledger verify': { usage: 'ledger verify', does: '核验台账：本程序一遍，独立程序一遍', run: alone(verify) },
  'ledger export': { usage: 'ledger export <文件夹>', does: '导出台账、签名点和公钥，供别处核验', run: withOne(exportTo) },
  backup: { usage: 'backup <新文件夹>', does: '备份全部数据和上传的文件（密钥另行保存），服务不必停', run: withOne(backup) },
  restore: { usage: 'restore <备份文件夹>', does: '恢复到空的数据文件夹或空库，并核对行数和台账', run: withOne(restore) },
  rebuild: { usage: 'rebuild', does: '从事实重算全部应办事项和数字，以今天为准', run: alone(rebuildFigures) },
  sweep: { usage: 'sweep', does: '把状态更新到今天（服务运行时会自动做）', run: alone(sweepToday) },
  'search rebuild': { usage: 'search rebuild', does: '重建查找用的词（平时自动更新）', run: alone(takeInWords) },
  'import roster': {
    usage: 'import roster <表格> <选项>',
    does: '核对人员名册：--organization <组织> --account <用户名>；加 --apply 则以该账号导入',
    run: withRoster,
  },
  'snapshot replay': {
    usage: 'snapshot replay <冻结文件> [--key <public.pem>]',
    does: '只用冻结文件和公钥在空库中重算并逐字节比对，不打开本系统的数据',
    run: withSnapshot,
  },
  demo: { usage: 'demo --scale small|city|province', does: '在空的数据文件夹中生成演示数据', run: withScale },
}

function help(): Promise<number> {
  say('用法：npm run ops -- <命令>\n')
  const width = Math.max(...Object.values(commands).map(({ usage }) => columnsOf(usage)))
  for (const { usage, does } of Object.values(commands)) say(`  ${usage}${' '.repeat(width - columnsOf(usage) + 3)}${does}`)
  say('\n数据文件夹由 BIAOSHUAI_DATA 指定（默认 data），外接数据库由 DATABASE_URL 指定，与 npm start 相同。')
  return Promise.resolve(0)
}

/** Chinese characters take two columns of a terminal. */
function columnsOf(text: string): number {
  return [...text].reduce((sum, sign) => sum + (sign > '\u2e7f' ? 2 : 1), 0)
}

function find(words: readonly string[]): (() => Promise<number> | null) | undefined {
  for (const count of [2, 1]) {
    const command = commands[words.slice(0, count).join(' ')]
    if (command && words.length >= count) return () => command.run(words.slice(count))
  }
  return undefined
}

async function run(words: readonly string[]): Promise<number> {
  if (words.length === 0 || words[0] === '--help') return help()
  const command = find(words)
  const running = command?.()
  if (running) return running
  say(command ? `“${words.join(' ')}”的写法不对。` : `没有“${words.join(' ')}”这个命令。`)
  await help()
  return 2
}

/** An operator reads the sentence; the code in front of it is for programs. */
const sentenceOf = (error: Error) => (error instanceof Problem ? error.detail : error.message)

try {
  process.exitCode = await run(process.argv.slice(2))
} catch (error) {
  const understood = error instanceof StartProblem || error instanceof Problem || error instanceof RulebooksRefused
  process.stderr.write(
    `\n${understood ? sentenceOf(error) : `没有办成，请把下面的内容交给技术人员：\n${error instanceof Error ? error.stack : String(error)}`}\n`,
  )
  process.exitCode = 1
}
