import { sql } from 'kysely'
import type { Work } from '../../../kernel/actions/action.ts'
import { type Read, reading, writing } from '../../../kernel/database/handles.ts'
import { newId } from '../../../kernel/identity/ids.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import type { Matter, MemberAction, MemberState } from './member-requests.contract.ts'

export interface StoredMemberRequest {
  readonly no: number
  readonly id: string
  readonly revision: number
  readonly state: MemberState
  readonly askerNo: number
  readonly organizationNo: number
  readonly atNo: number
  readonly deskNos: readonly number[]
  readonly sentOn: CivilDate
}

/** One request of a member as far as the reader may see it. */
export async function findMemberRequest(read: Read, id: string): Promise<StoredMemberRequest | undefined> {
  const { rows } =
    await sql<StoredMemberRequest>`select r.no, r.id, r.revision, r.state, r.asker_no as "askerNo", r.organization_no as "organizationNo",
      r.at_no as "atNo", r.desk_nos as "deskNos", r.sent_on as "sentOn"
    from orglife.request_reports r where r.id = ${id} and r.asker_no is not null`.execute(reading<'orglife'>(read))
  return rows[0]
}

/** The branch in which somebody is a member today. */
export async function branchOf(read: Read, personNo: number, today: CivilDate): Promise<number | undefined> {
  const { rows } = await sql<{ no: number }>`select o.no::int as no from directory.memberships m
    join directory.organizations o on o.no = m.organization_no and o.kind in ('branch', 'joint_branch')
    where m.person_no = ${personNo} and m.valid @> ${today}::date and m.standing in ('full', 'probationary') order by m.no limit 1`.execute(
    reading<'directory'>(read),
  )
  return rows[0]?.no
}

interface Asked {
  readonly askerNo: number
  readonly branchNo: number
  readonly deskNo: number
  readonly matter: Matter
  readonly title: string
  readonly content: string
}

export async function insertMemberRequest(work: Work, asked: Asked): Promise<StoredMemberRequest> {
  const { askerNo, branchNo, deskNo, matter, title, content } = asked
  const { no, id } = await writing<'orglife'>(work.tx)
    .insertInto('orglife.request_reports')
    .values({
      id: newId('rrp'),
      revision: 1,
      state: 'sent',
      kind: 'request',
      urgent: false,
      organization_no: branchNo,
      to_no: deskNo,
      at_no: deskNo,
      asker_no: askerNo,
      desk_nos: [deskNo],
      matter,
      title,
      content,
      direct: true,
      decided: true,
      drafted_on: work.today,
      drafted_by: work.actor.accountNo,
      sent_on: work.today,
      sent_by: work.actor.accountNo,
    })
    .returning(['no', 'id'])
    .executeTakeFirstOrThrow()
  const request = { askerNo, organizationNo: branchNo, atNo: deskNo, deskNos: [deskNo], sentOn: work.today }
  await writeMemberStep(work, { no, revision: 1, action: 'send', state: 'sent', organizationNo: branchNo, said: null })
  return { no, id, revision: 1, state: 'sent', ...request }
}

interface StepWritten {
  readonly no: number
  readonly revision: number
  readonly action: MemberAction | 'send'
  readonly state: MemberState
  readonly organizationNo: number
  readonly said: string | null
}

async function writeMemberStep(work: Work, { no, ...step }: StepWritten): Promise<void> {
  await writing<'orglife'>(work.tx)
    .insertInto('orglife.request_steps')
    .values({
      request_no: no,
      revision: step.revision,
      action: step.action,
      state: step.state,
      organization_no: step.organizationNo,
      said: step.said,
      acted_on: work.today,
      acted_at: work.now,
      acted_by: work.actor.accountNo,
    })
    .execute()
}

/** Moves a request on if it still stands where it was read, and writes the step. False when somebody was faster. */
export async function moveMemberRequest(
  work: Work,
  request: StoredMemberRequest,
  step: { action: MemberAction; state: MemberState; said: string | null; nextNo?: number | undefined },
): Promise<boolean> {
  const { action, state, said, nextNo } = step
  const revision = request.revision + 1
  const moved = await writing<'orglife'>(work.tx)
    .updateTable('orglife.request_reports')
    .set({
      state,
      revision,
      ...(nextNo !== undefined && { at_no: nextNo, desk_nos: [...request.deskNos, nextNo] }),
      ...(action === 'answer' && { answered_on: work.today }),
    })
    .where('no', '=', request.no)
    .where('state', '=', request.state)
    .where('revision', '=', request.revision)
    .executeTakeFirst()
  if (moved.numUpdatedRows !== 1n) return false
  await writeMemberStep(work, { no: request.no, revision, action, state, organizationNo: request.atNo, said })
  return true
}
