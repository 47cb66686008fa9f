import { sql } from 'kysely'
import { action, allowsAll, type Work } from '../../../kernel/actions/action.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { notify } from '../../../kernel/notices/registry.ts'
import { organizationById, workingDayAfter } from '../../directory/index.ts'
import { findFinding } from '../inspections/findings.store.ts'
import { personNos, projectNo } from '../key-projects/key-projects.store.ts'
import { findProblem } from '../problems/problems.store.ts'
import { signedAs } from '../records/signature.rules.ts'
import { handlerOf, lineFor } from './clue-line.queries.ts'
import * as contract from './clues.contract.ts'
import type { ClueSource } from './clues.lifecycle.ts'
import { daysToAssess } from './clues.rules.ts'
import { insertClue, type ReceivedClue } from './clues.store.ts'

const refuse = (code: string, field: string, message: string) => new Problem(code, { errors: [{ field, message }] })

/** Inner numbers of those named; each must be somebody whom the actor may see. */
export async function namedOf(work: Work, ids: readonly string[]): Promise<number[]> {
  const nos = await personNos(work.tx, [...new Set(ids)])
  return nos.map((no, index) => {
    if (no === null)
      throw refuse('supervision.clue_person_unknown', `namedIds.${index}`, '请从您能看到的人员中选，或在具体情况里写明。')
    return no
  })
}

/** Who handles it, told that it came, with nothing of what it says. Throws where nobody could. */
export async function giveToLine(
  work: Work,
  clue: { organizationNo: number; persons: readonly number[]; above: boolean },
): Promise<{ handledByNo: number; tell: (id: string) => Promise<void>; visible: boolean }> {
  const handledByNo = await handlerOf(work.tx, { ...clue, today: work.today })
  const line = await lineFor(work, { handledByNo, persons: clue.persons })
  if (line.length === 0) throw new Problem('supervision.clue_nobody_handles')
  const nearest = line.filter(({ depth }) => depth === line[0]?.depth).map(({ accountNo }) => accountNo)
  const tell = (id: string) =>
    notify(work.tx, {
      to: { accountNos: nearest },
      except: work.actor.accountNo,
      kind: 'supervision.clue_received',
      title: '有一条线索请评估',
      body: '内容只在系统里看，请不要转发。',
      link: `/clues/${id}`,
      at: work.now,
    })
  return { handledByNo, tell, visible: line.some(({ accountNo }) => accountNo === work.actor.accountNo) }
}

/** What a clue is made from, and the place where that stands. */
interface Origin {
  readonly source: ClueSource
  readonly findingNo: number | null
  readonly problemNo: number | null
  readonly keyProjectNo: number | null
  readonly organizationNo: number | null
}

const unknown = (field: string) => refuse('supervision.clue_source_unknown', field, '请从原来的页面重新打开。')

async function originOf(work: Work, given: contract.ClueGiven): Promise<Origin> {
  const plain: Origin = { source: given.source, findingNo: null, problemNo: null, keyProjectNo: null, organizationNo: null }
  const project = given.keyProjectId === undefined ? null : await projectNo(work.tx, given.keyProjectId)
  if (given.keyProjectId !== undefined && project === null) throw unknown('keyProjectId')
  if (given.findingId !== undefined) {
    const finding = await findFinding(work.tx, given.findingId)
    if (finding?.state !== 'handed_over') throw unknown('findingId')
    const { no, organizationNo } = finding
    return { ...plain, source: 'finding', findingNo: no, keyProjectNo: project, organizationNo }
  }
  if (given.problemId !== undefined) {
    const problem = await findProblem(work.tx, given.problemId)
    if (!problem) throw unknown('problemId')
    return { ...plain, source: 'problem', problemNo: problem.no, keyProjectNo: project, organizationNo: problem.organizationNo }
  }
  return project === null ? plain : { ...plain, source: 'key_project', keyProjectNo: project }
}

/** Keeps a clue with those it names and tells the line; the ledger learns of neither place nor words. */
export async function keepClue(
  work: Work,
  clue: Omit<ReceivedClue, 'handledByNo' | 'assessBy' | 'signedAs'> & { above: boolean },
): Promise<{ id: string; handledBy: string; visible: boolean }> {
  const { handledByNo, tell, visible } = await giveToLine(work, clue)
  const assessBy = await workingDayAfter(work.tx, work.today, daysToAssess)
  const signed = signedAs(work.actor, 'supervision.clue.receive', '检查人')
  const { id } = await insertClue(work, { ...clue, handledByNo, assessBy, signedAs: signed })
  await tell(id)
  const handler = await nameOfHandler(work, handledByNo)
  return { id, handledBy: handler, visible }
}

async function nameOfHandler(work: Work, no: number): Promise<string> {
  const row = await reading<'directory'>(work.tx)
    .selectFrom('directory.organizations_now')
    .select('name')
    .where('no', '=', no)
    .executeTakeFirst()
  return row?.name ?? ''
}

/** What row-level security would say: the clue itself is written as the engine, so the second wall is asked by name. */
async function writesAt(read: Read, organizationNo: number): Promise<boolean> {
  const { rows } = await sql<{ writes: boolean }>`select directory.writes(${organizationNo}) as writes`.execute(
    reading<'directory'>(read),
  )
  return rows[0]?.writes ?? false
}

export const receiveClueAction = action({
  name: 'supervision.clue.receive',
  input: contract.receiveClue.body,
  // No organization is named here: the ledger says of it what it says of the act, and a clue's place is nobody else's to know.
  touches: () => [],
  run: async (work, given) => {
    const organization = await organizationById(work.tx, given.organizationId)
    const permission = 'supervision.clue.receive'
    const allowed = await allowsAll(work.tx, work.actor, { permission, organizations: [organization.no] })
    if (!allowed || !(await writesAt(work.tx, organization.no))) throw new Problem('kernel.not_found')
    const origin = await originOf(work, given)
    if (origin.organizationNo !== null && origin.organizationNo !== organization.no)
      throw refuse('supervision.clue_place_differs', 'organizationId', '请选来源所在的组织。')
    const persons = await namedOf(work, given.namedIds)
    const { title, matter, above } = given
    const said = { title, matter, above, informant: given.informant || null, persons }
    const reply = await keepClue(work, { ...origin, ...said, organizationNo: organization.no })
    return { reply, objects: [{ kind: 'clue', id: reply.id }] }
  },
})
