import { z } from 'zod'
import { compareShipped, loadRulebooks } from '../../src/modules/rulebook/index.ts'
import { writeAsSystem } from '../../src/kernel/database/transaction.ts'
import type { TestPlatform } from '../../src/kernel/testing/test-platform.ts'
import { productServer } from '../authorization/product-server.ts'
import { aVisitor, type Visitor } from '../authorization/sessions.ts'
import { tenSentences } from './ten-sentences.ts'
import { worldOf } from './world.ts'

const answerShape = z.looseObject({
  code: z.string().optional(),
  id: z.string().optional(),
  version: z.number().optional(),
  detail: z.string().optional(),
  errors: z.array(z.looseObject({ field: z.string(), message: z.string(), line: z.number().optional() })).default([]),
  mistakes: z.array(z.looseObject({ field: z.string(), message: z.string() })).default([]),
})

/** A small city with the shipped rulebooks, the whole product before it, and officers who work with its rules. */
export async function aRuleDesk(platform: TestPlatform, figuresFrom: string) {
  const product = await productServer(platform)
  const world = worldOf(platform)
  const city = await world.organization('working_committee', '示例工委', null)
  const unit = await world.organization('unit', '甲单位', city)
  const committee = await world.organization('party_committee', '甲机关党委', unit)
  const branches = [
    await world.organization('branch', '第1支部', committee),
    await world.organization('branch', '第2支部', committee),
  ] as const
  for (const branch of branches) {
    const people = await world.people(branch, 7)
    await world.committee(branch, people.slice(0, 3))
  }
  await world.figuresFrom(figuresFrom)
  await writeAsSystem(platform.database, (tx) => loadRulebooks(tx, 'rulebooks'))
  await writeAsSystem(platform.database, (tx) => compareShipped(tx, { folder: 'rulebooks', at: platform.clock.now() }))
  const officer = await aVisitor(platform, '工委干部甲', { held: [{ role: 'committee_officer', over: city }] })
  const colleague = await aVisitor(platform, '工委干部乙', { held: [{ role: 'committee_officer', over: city }] })
  const unitOfficer = await aVisitor(platform, '只管一个单位的干部', { held: [{ role: 'committee_officer', over: unit }] })
  const secretary = await aVisitor(platform, '支部书记', { held: [{ role: 'branch_secretary', over: branches[0] }] })
  const as = (who: Visitor) => async (method: string, path: string, body?: unknown) => {
    const answer = await product.ask(who, { method, url: `/api/v1${path}`, body })
    const isJson = String(answer.headers['content-type']).includes('json')
    return { status: answer.statusCode, text: answer.body, ...answerShape.parse(isJson ? JSON.parse(answer.body) : {}) }
  }
  const ask = as(officer)

  /** The ten sentences under a code and letters of their own, as a draft; answers its id. */
  async function imported(letters: string): Promise<string> {
    const answer = await ask('POST', '/rulebooks/import', { text: tenSentences(letters) })
    if (!answer.id) throw new Error(answer.text)
    return answer.id
  }
  async function published(letters: string, from = '2026-07-01'): Promise<string> {
    const answer = await ask('POST', `/rulebooks/${await imported(letters)}/publish`, { from })
    if (answer.status !== 200 || !answer.id) throw new Error(answer.text)
    return answer.id
  }
  async function rows<Row>(query: string, values: readonly unknown[] = []): Promise<Row[]> {
    return (await platform.owner.pool.query(query, [...values])).rows as Row[]
  }
  return { branches, officer, colleague, unitOfficer, secretary, as, ask, imported, published, rows }
}
