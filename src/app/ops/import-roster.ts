import { createReadStream, existsSync, statSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import type { Actor } from '../../kernel/access/actor.ts'
import { StartProblem } from '../../kernel/config/start-problem.ts'
import { readAs } from '../../kernel/database/transaction.ts'
import {
  actorNamed,
  applyCheckedRoster,
  checkRosterFile,
  organizationsCalled,
  type OrganizationRef,
  type RosterImportPage,
  useStagingFolder,
} from '../../modules/directory/index.ts'
import { atWork, say, ticking, type Workplace } from './open.ts'

/** What the operator typed after `import roster`. */
export interface RosterOrder {
  readonly file: string
  /** Name or id. */
  readonly organization: string
  /** Username of whoever the import is done as. */
  readonly account: string
  readonly apply: boolean
}

/** Reads the words after the command; null when they do not fit. */
export function rosterOrderOf(words: readonly string[]): RosterOrder | null {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: { organization: { type: 'string' }, account: { type: 'string' }, apply: { type: 'boolean', default: false } },
    })
    const [file, ...more] = positionals
    const { organization, account, apply } = values
    return file && organization && account && more.length === 0 ? { file, organization, account, apply } : null
  } catch {
    return null
  }
}

/** What a check found, line by line: each mistake by row and column, its value masked. */
export function foundLines(page: RosterImportPage): string[] {
  if (page.mistakesTotal === 0) {
    const { create = 0, change = 0, unchanged = 0, warnings = [], warningsTotal = 0 } = page.summary ?? {}
    const shown = warnings.map((warning) => `  请留意：${placed(warning)}`)
    const head = `核对通过：${page.rowsRead} 行，将新增 ${create} 人、更改 ${change} 人，${unchanged} 人没有变化。`
    return [head, ...shown, ...rest(warningsTotal - shown.length)]
  }
  const shown = page.mistakes.map((mistake) => `  ${placed(mistake)}`)
  return [
    `核对没有通过：${page.rowsRead} 行，${page.mistakesTotal} 处错误，一条也没有导入。请改正后重新导入。`,
    ...shown,
    ...rest(page.mistakesTotal - shown.length),
  ]
}

type Mistake = RosterImportPage['mistakes'][number]

function placed({ row, column, cell, message, value }: Mistake): string {
  const where = row === 0 ? '整份文件' : `第 ${row} 行 ${column}${cell === null ? '' : `（${cell}）`}`
  return `${where}：${message}${value === '' ? '' : `填的是“${value}”。`}`
}

const rest = (more: number) => (more > 0 ? [`  另有 ${more} 处没有列出。`] : [])

/** Checks a roster file and, when told so, imports it; done as the named account, with its permissions and in the ledger. */
export function importRoster(order: RosterOrder): Promise<number> {
  if (!existsSync(order.file) || !statSync(order.file).isFile()) {
    throw new StartProblem(`没有找到文件 ${order.file}，请核对路径。`)
  }
  return atWork(async (place) => {
    const { platform, settings } = place
    useStagingFolder(path.join(settings.dataFolder, 'staging'))
    const actor = await actorNamed(platform, order.account)
    const organization = await theOrganization(place, actor, order.organization)
    const by = { actor, requestId: 'ops import roster' }
    const done = ticking(`核对名册，导入到“${organization.name}”，由 ${actor.name}（${order.account}）办理`)
    const content = createReadStream(order.file)
    const fileName = path.basename(order.file).slice(0, 100)
    const page = await checkRosterFile(platform, by, { organizationId: organization.id, fileName, content })
    done()
    for (const line of foundLines(page)) say(line)
    if (page.state !== 'checked') return 1
    if (!order.apply) {
      say('还没有导入。加上 --apply 再运行一次即导入，或请该账号到页面的“从表格导入名册”里办理。')
      return 0
    }
    const made = await applyCheckedRoster(platform, by, page.id)
    say(`已导入：新增 ${made.created} 人，更改 ${made.changed} 人。需要时，可以在页面的导入记录里整份撤销。`)
    return 0
  })
}

async function theOrganization({ platform }: Workplace, actor: Actor, called: string): Promise<OrganizationRef> {
  const found = await readAs(platform.database, actor, (read) => organizationsCalled(read, called))
  const [only, ...more] = found
  if (!only) throw new StartProblem(`没有叫“${called}”的组织。请写组织的全称、简称或编号（org_ 开头，在组织页的地址里）。`)
  if (more.length === 0) return only
  const lines = found.map(({ id, name }) => `  ${id}　${name}`).join('\n')
  throw new StartProblem(`叫“${called}”的组织不止一个，请改写编号：\n${lines}`)
}
