import type { TestPlatform } from '../../src/kernel/testing/test-platform.ts'
import { textOf } from './answer-text.ts'
import { canariesIn } from './canaries.ts'
import type { ReadAsked } from './foreign-reads.ts'
import type { WriteAsked } from './foreign-targets.ts'
import { inParallel, type ProductServer } from './product-server.ts'
import type { Visitor } from './sessions.ts'

/** Attempts that the ledger says were denied. */
export async function deniedSoFar(platform: TestPlatform): Promise<number> {
  const { rows } = await platform.owner.pool.query(`select count(*)::int as count from ledger.entries where outcome = 'denied'`)
  return rows[0].count
}

/** Every answer to every question of a visitor, as text. */
export async function readAll(
  server: ProductServer,
  visitors: readonly Visitor[],
  reads: readonly ReadAsked[],
): Promise<Map<string, string>> {
  const asked = visitors.flatMap((visitor) => reads.map((read) => ({ visitor, read })))
  const answers = await inParallel(asked, 6, async ({ visitor, read }) => {
    const answer = await server.ask(visitor, { method: 'GET', url: read.url })
    return [`${visitor.name} ${read.url}`, await textOf(answer)] as const
  })
  return new Map(answers)
}

/** Which canaries came out where; a canary that the question itself held is no leak. */
export function leaks(answers: ReadonlyMap<string, string>): string[] {
  return [...answers].flatMap(([question, text]) => canariesIn(text).map((field) => `${question}: ${field}`))
}

/** Sends an act and says what came of it. */
export async function attempt(
  server: ProductServer,
  visitor: Visitor,
  { method, path, body }: WriteAsked,
): Promise<{ status: number; code: string; text: string }> {
  const answer = await server.ask(visitor, { method, url: path, ...(body !== undefined && { body }) })
  const problem = answer.headers['content-type']?.includes('problem')
  return { status: answer.statusCode, code: problem ? answer.json<{ code: string }>().code : '', text: await textOf(answer) }
}

/** An act on a foreign object beside the same act on nothing at all. */
export interface Pair {
  readonly theirs: WriteAsked
  readonly absent: WriteAsked
}

/** Pairs two lists that were made by the same function. */
export function paired(theirs: readonly WriteAsked[], absent: readonly WriteAsked[]): Pair[] {
  return theirs.flatMap((act, index) => (absent[index] ? [{ theirs: act, absent: absent[index] }] : []))
}

// Names of organizations are open, so that one exists is no secret; its own code may say “not yours”.
const openNames = /organization_not_found|subject_not_found/

/** What is wrong with the answers to an act that must be refused; empty when nothing is. */
export async function faultsOf(
  at: { server: ProductServer; platform: TestPlatform },
  visitor: Visitor,
  { theirs, absent }: Pair,
): Promise<string[]> {
  const denied = await deniedSoFar(at.platform)
  const answer = await attempt(at.server, visitor, theirs)
  const words = (await deniedSoFar(at.platform)) - denied
  const what = `${visitor.name} ${theirs.path} ${JSON.stringify(theirs.body)}: ${answer.status} ${answer.code}, ${words} in the ledger`
  const refused = [403, 404].includes(answer.status) && words === 1 && canariesIn(answer.text).length === 0
  if (answer.status !== 404) return refused ? [] : [what]
  const missing = await attempt(at.server, visitor, absent)
  const alike = missing.status === 404 && (answer.code === missing.code || openNames.test(missing.code))
  return refused && alike ? [] : [`${what}; for nothing ${missing.status} ${missing.code}`]
}

/** What is wrong where a foreign object is dragged into an own record: it must be as unknown as one that does not exist. */
export async function smugglingOf(server: ProductServer, visitor: Visitor, { theirs, absent }: Pair): Promise<string[]> {
  const [answer, missing] = [await attempt(server, visitor, theirs), await attempt(server, visitor, absent)]
  const refused = answer.status >= 400 && answer.status < 500
  if (refused && answer.status === missing.status && answer.code === missing.code) return []
  return [
    `${visitor.name} ${theirs.path} ${JSON.stringify(theirs.body)}: ${answer.status} ${answer.code}, for nothing ${missing.status} ${missing.code}`,
  ]
}
