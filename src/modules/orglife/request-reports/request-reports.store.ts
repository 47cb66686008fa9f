import type { Work } from '../../../kernel/actions/action.ts'
import { type Read, reading, writing } from '../../../kernel/database/handles.ts'
import { newId } from '../../../kernel/identity/ids.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import type { RequestKind, ReturnGround } from './request-reports.contract.ts'
import type { RequestAction, RequestState } from './request-reports.lifecycle.ts'

export interface StoredRequest {
  readonly no: number
  readonly id: string
  readonly revision: number
  readonly state: RequestState
  readonly kind: RequestKind
  readonly urgent: boolean
  readonly title: string
  readonly content: string
  readonly organizationNo: number
  readonly toNo: number
  readonly atNo: number
  readonly actOn: CivilDate | null
  readonly afterReason: string | null
  readonly sentOn: CivilDate | null
  readonly sentBy: number | null
  readonly answeredOn: CivilDate | null
  readonly meetingNo: number | null
  readonly circulated: string | null
  readonly signer: string | null
}

/** One paper in the reader's scope; null where there is none to see. */
export async function findRequest(read: Read, id: string): Promise<StoredRequest | null> {
  const row = await reading<'orglife'>(read)
    .selectFrom('orglife.request_reports')
    .select(['no', 'id', 'revision', 'state', 'kind', 'urgent', 'title', 'content', 'circulated', 'signer'])
    .select(['organization_no as organizationNo', 'to_no as toNo', 'at_no as atNo', 'act_on as actOn', 'meeting_no as meetingNo'])
    .select(['after_reason as afterReason', 'sent_on as sentOn', 'sent_by as sentBy', 'answered_on as answeredOn'])
    .where('id', '=', id)
    .where('asker_no', 'is', null)
    .executeTakeFirst()
  return row ? { ...row, state: row.state as RequestState, kind: row.kind as RequestKind } : null
}

/** What a paper says, with its organizations, meeting and files found. */
export interface RequestWords {
  readonly kind: RequestKind
  readonly title: string
  readonly content: string
  readonly urgent: boolean
  readonly toNo: number
  readonly direct: boolean
  readonly skipReason: string | null
  readonly copyNos: readonly number[]
  readonly copyOwedNo: number | null
  readonly actOn: CivilDate | null
  readonly afterReason: string | null
  readonly meetingNo: number | null
  readonly circulated: string | null
  readonly signer: string | null
  readonly documentNumber: string | null
  readonly fileNos: readonly number[]
}

/** Decided by a meeting or by circulation, and signed (条例 18). */
const isDecided = (words: Pick<RequestWords, 'meetingNo' | 'circulated' | 'signer'>): boolean =>
  (words.meetingNo !== null || words.circulated !== null) && words.signer !== null

const columnsOf = (words: RequestWords) => ({
  kind: words.kind,
  title: words.title,
  content: words.content,
  urgent: words.urgent,
  to_no: words.toNo,
  at_no: words.toNo,
  direct: words.direct,
  skip_reason: words.skipReason,
  copy_owed_no: words.copyOwedNo,
  act_on: words.actOn,
  after_reason: words.afterReason,
  meeting_no: words.meetingNo,
  circulated: words.circulated,
  signer: words.signer,
  decided: isDecided(words),
  document_number: words.documentNumber,
})

async function writeCopies(
  work: Work,
  request: { no: number; organizationNo: number },
  copyNos: readonly number[],
): Promise<void> {
  if (copyNos.length === 0) return
  await writing<'orglife'>(work.tx)
    .insertInto('orglife.request_copies')
    .values(copyNos.map((organization_no) => ({ request_no: request.no, organization_no, from_no: request.organizationNo })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

async function writeParts(work: Work, request: { no: number; organizationNo: number }, words: RequestWords): Promise<void> {
  await writeCopies(work, request, words.copyNos)
  if (words.fileNos.length === 0) return
  await writing<'orglife'>(work.tx)
    .insertInto('orglife.request_files')
    .values(words.fileNos.map((file_no) => ({ request_no: request.no, file_no })))
    .execute()
}

interface StepWritten {
  readonly requestNo: number
  readonly revision: number
  readonly action: RequestAction | 'draft'
  readonly state: RequestState
  readonly organizationNo: number
  readonly said?: string | null | undefined
  readonly words?: RequestWords | undefined
}

async function writeStep(work: Work, step: StepWritten): Promise<void> {
  await writing<'orglife'>(work.tx)
    .insertInto('orglife.request_steps')
    .values({
      request_no: step.requestNo,
      revision: step.revision,
      action: step.action,
      state: step.state,
      organization_no: step.organizationNo,
      said: step.said ?? null,
      body: step.words ? JSON.stringify(step.words) : null,
      acted_on: work.today,
      acted_at: work.now,
      acted_by: work.actor.accountNo,
    })
    .execute()
}

export async function insertRequest(work: Work, organizationNo: number, words: RequestWords): Promise<string> {
  const { no, id } = await writing<'orglife'>(work.tx)
    .insertInto('orglife.request_reports')
    .values({
      id: newId('rrp'),
      revision: 1,
      state: 'drafted',
      organization_no: organizationNo,
      ...columnsOf(words),
      drafted_on: work.today,
      drafted_by: work.actor.accountNo,
    })
    .returning(['no', 'id'])
    .executeTakeFirstOrThrow()
  await writeParts(work, { no, organizationNo }, words)
  await writeStep(work, { requestNo: no, revision: 1, action: 'draft', state: 'drafted', organizationNo, words })
  return id
}

/** Writes a draft anew; copies and files are put in the place of the old ones. */
export async function rewriteRequest(work: Work, request: StoredRequest, words: RequestWords): Promise<void> {
  const db = writing<'orglife'>(work.tx)
  await db.deleteFrom('orglife.request_copies').where('request_no', '=', request.no).execute()
  await db.deleteFrom('orglife.request_files').where('request_no', '=', request.no).execute()
  await db.updateTable('orglife.request_reports').set(columnsOf(words)).where('no', '=', request.no).execute()
  await writeParts(work, request, words)
}

export interface RequestSet {
  readonly at_no?: number
  readonly sent_on?: CivilDate
  readonly sent_by?: number
  readonly after_act?: boolean
  readonly after_reason?: string
  readonly continued?: boolean
  readonly return_ground?: ReturnGround | null
  readonly answered_on?: CivilDate | null
  readonly follow_due_on?: CivilDate | null
  readonly meeting_no?: number | null
  readonly circulated?: string | null
  readonly signer?: string | null
  readonly decided?: boolean
}

/** Moves a paper on if it still stands where it was read, and writes the step. False when somebody was faster. */
export async function changeRequest(
  work: Work,
  request: StoredRequest,
  step: Omit<StepWritten, 'requestNo' | 'revision'> & { set: RequestSet },
): Promise<boolean> {
  const revision = request.revision + 1
  const moved = await writing<'orglife'>(work.tx)
    .updateTable('orglife.request_reports')
    .set({ ...step.set, state: step.state, revision, state_reason: step.said ?? null })
    .where('no', '=', request.no)
    .where('state', '=', request.state)
    .where('revision', '=', request.revision)
    .executeTakeFirst()
  if (moved.numUpdatedRows !== 1n) return false
  await writeStep(work, { ...step, requestNo: request.no, revision })
  return true
}

/** Adds copies and says how it was decided, after it was sent; what stands already stays. */
export async function supplementedBy(
  work: Work,
  request: StoredRequest,
  more: Pick<RequestWords, 'copyNos' | 'meetingNo' | 'circulated' | 'signer'>,
): Promise<RequestSet> {
  await writeCopies(work, request, more.copyNos)
  const now = {
    meetingNo: more.meetingNo ?? request.meetingNo,
    circulated: more.circulated ?? request.circulated,
    signer: more.signer ?? request.signer,
  }
  return { meeting_no: now.meetingNo, circulated: now.circulated, signer: now.signer, decided: isDecided(now) }
}
