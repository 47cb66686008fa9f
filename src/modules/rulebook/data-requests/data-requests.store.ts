import { sql } from 'kysely'
import type { Work } from '../../../kernel/actions/action.ts'
import { type Read, reading, type Tx, writing } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { newId } from '../../../kernel/identity/ids.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import type { RequestBody, RequestField } from './data-requests.contract.ts'
import {
  type RequestAction,
  requestActions,
  requestLifecycle,
  type RequestState,
  requestStates,
} from './data-requests.lifecycle.ts'

/** A request as it stands. */
export interface StandingRequest {
  readonly no: number
  readonly id: string
  readonly issuerNo: number
  readonly issuerId: string
  readonly state: RequestState
  readonly revision: number
  readonly body: Omit<RequestBody, 'issuerId'>
}

export type KeptField = RequestField & { readonly key: string }

/** Fields keep their keys for good, so that answers stay readable when a draft is edited. */
const keyed = (fields: readonly RequestField[]): KeptField[] => fields.map((field, at) => ({ key: `f${at + 1}`, ...field }))

/** One request that the reader may see. */
export async function requestBehind(read: Read, id: string): Promise<StandingRequest> {
  const rows = await sql<StandingRequest>`select q.no, q.id, q.issuer_no as "issuerNo", o.id as "issuerId", q.state, q.revision,
      jsonb_build_object('title', q.title, 'purpose', q.purpose, 'kind', q.kind, 'fields', q.fields, 'recipientKinds', q.recipient_kinds,
        'cadence', q.cadence, 'firstDue', q.first_due, 'lastDay', q.last_day, 'minutesEstimated', q.minutes_estimated) as body
    from rulebook.data_requests q join directory.organizations o on o.no = q.issuer_no where q.id = ${id}`.execute(
    reading<'rulebook' | 'directory'>(read),
  )
  const [found] = rows.rows
  if (!found) throw new Problem('rulebook.data_request_not_found')
  return found
}

const columns = (body: Omit<RequestBody, 'issuerId'>) => ({
  title: body.title,
  purpose: body.purpose,
  kind: body.kind,
  fields: JSON.stringify(keyed(body.fields)),
  recipient_kinds: [...body.recipientKinds],
  cadence: body.cadence,
  first_due: body.firstDue,
  last_day: body.lastDay,
  minutes_estimated: body.minutesEstimated,
})

export async function insertRequest(work: Work, issuerNo: number, body: Omit<RequestBody, 'issuerId'>): Promise<string> {
  const id = newId('drq')
  await writing<'rulebook'>(work.tx)
    .insertInto('rulebook.data_requests')
    .values({ id, issuer_no: issuerNo, ...columns(body), state: 'draft', made_by: work.actor.accountNo, made_at: work.now })
    .execute()
  return id
}

/** What the lifecycle makes of an act; throws what is possible now when it has no such step. */
export function nextState(found: StandingRequest, verb: RequestAction): RequestState {
  const next = requestLifecycle[found.state][verb]
  if (next) return next
  const possible = Object.keys(requestLifecycle[found.state]).map((each) => requestActions[each as RequestAction])
  throw new Problem('rulebook.data_request_state', {
    detail: `这件专项填报现在是“${requestStates[found.state]}”，不能“${requestActions[verb]}”。${possible.length > 0 ? `现在可以：${possible.join('、')}。` : '已经结束，不能再办。'}`,
  })
}

interface Change {
  readonly body?: Omit<RequestBody, 'issuerId'>
  readonly state: RequestState
  readonly published?: boolean
  readonly ended?: { readonly on: CivilDate; readonly reason: string }
}

/** Writes a step as compare-and-set on the revision. */
export async function changeRequest(work: Work, found: StandingRequest, change: Change): Promise<void> {
  const changed = await writing<'rulebook'>(work.tx)
    .updateTable('rulebook.data_requests')
    .set({
      ...(change.body && columns(change.body)),
      state: change.state,
      revision: found.revision + 1,
      ...(change.published && { published_by: work.actor.accountNo, published_at: work.now }),
      ...(change.ended && { ended_on: change.ended.on, end_reason: change.ended.reason }),
    })
    .where('no', '=', found.no)
    .where('revision', '=', found.revision)
    .executeTakeFirst()
  if (changed.numUpdatedRows !== 1n) throw new Problem('rulebook.data_request_changed')
}

/** Fixes whom a request asks and when. */
export async function fixRecipients(
  tx: Tx,
  requestNo: number,
  fixed: { recipients: readonly number[]; rounds: readonly CivilDate[] },
): Promise<void> {
  const db = writing<'rulebook'>(tx)
  await db
    .insertInto('rulebook.data_request_recipients')
    .values(fixed.recipients.map((no) => ({ request_no: requestNo, organization_no: no })))
    .execute()
  await db
    .insertInto('rulebook.data_request_rounds')
    .values(fixed.rounds.map((due) => ({ request_no: requestNo, due_on: due })))
    .execute()
}

export interface Answer {
  readonly requestNo: number
  readonly organizationNo: number
  readonly dueOn: CivilDate
  readonly values: Readonly<Record<string, string | number>>
  readonly minutes: number | null
}

/** Keeps an answer, or a correction of it, with its revision. */
export async function keepAnswer(work: Work, answer: Answer): Promise<string> {
  const db = writing<'rulebook'>(work.tx)
  const said = { values: JSON.stringify(answer.values), minutes: answer.minutes }
  const by = { answered_by: work.actor.accountNo, answered_at: work.now }
  const kept = await db
    .insertInto('rulebook.data_answers')
    .values({
      id: newId('dan'),
      request_no: answer.requestNo,
      due_on: answer.dueOn,
      organization_no: answer.organizationNo,
      ...said,
      ...by,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['request_no', 'due_on', 'organization_no'])
        .doUpdateSet((e) => ({ ...said, ...by, revision: e('rulebook.data_answers.revision', '+', 1) })),
    )
    .returning(['no', 'id', 'revision'])
    .executeTakeFirstOrThrow()
  await db
    .insertInto('rulebook.data_answer_revisions')
    .values({
      answer_no: kept.no,
      revision: kept.revision,
      ...said,
      recorded_by: work.actor.accountNo,
      recorded_at: work.now,
    })
    .execute()
  return kept.id
}
