import type { Work } from '../../../kernel/actions/action.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { chosenOrganizations, fileNumbers } from '../meetings/meeting-body.queries.ts'
import type { RequestBody } from './request-reports.contract.ts'
import { slippedRequest } from './request-reports.rules.ts'
import type { RequestWords } from './request-reports.store.ts'
import { otherSideOf, superiorsOf } from './superiors.queries.ts'

const at = (field: string, message: string) => ({ errors: [{ field, message }] })

async function addressee(read: Read, organizationNo: number, { toId, skipReason }: RequestBody) {
  const superiors = await superiorsOf(read, organizationNo)
  const direct = superiors[0]
  if (!direct) throw new Problem('orglife.no_superior', at('organizationId', '上面没有可以报送的党组织。'))
  const to = superiors.find(({ id }) => id === toId)
  if (!to) throw new Problem('orglife.not_a_superior', at('toId', '请从列出的上级中选。'))
  if (to.no !== direct.no && !skipReason)
    throw new Problem('orglife.level_skipped', at('skipReason', `直接上级是${direct.name}；确需越级的，写明理由。`))
  const otherSide = await otherSideOf(read, organizationNo, direct)
  return { toNo: to.no, direct: to.no === direct.no, copyOwedNo: otherSide?.no ?? null }
}

/** The meeting that decided it: held by the sender and recorded. */
export async function decidingMeeting(read: Read, organizationNo: number, id: string | undefined): Promise<number | null> {
  if (id === undefined) return null
  const row = await reading<'orglife'>(read)
    .selectFrom('orglife.meetings as m')
    .innerJoin('orglife.meeting_organizations as o', 'o.meeting_no', 'm.no')
    .select('m.no')
    .where('m.id', '=', id)
    .where('m.state', '=', 'recorded')
    .where('o.organization_no', '=', organizationNo)
    .executeTakeFirst()
  if (!row) throw new Problem('orglife.deciding_meeting_not_found', at('meetingId', '请从列出的会议中选。'))
  return row.no
}

export const copyNumbers = async (read: Read, ids: readonly string[]): Promise<number[]> =>
  ids.length === 0 ? [] : (await chosenOrganizations(read, ids)).map(({ no }) => no)

/** What is asked in words, with everything found that it names; refuses a request within a report. */
export async function requestWordsOf(work: Work, organizationNo: number, body: RequestBody): Promise<RequestWords> {
  const slipped = slippedRequest(body.kind, body.content)
  if (slipped)
    throw new Problem('orglife.report_holds_request', at('content', `“${slipped}”是请示的话。请另写一份请示，或改文种。`))
  const to = await addressee(work.tx, organizationNo, body)
  return {
    ...to,
    kind: body.kind,
    title: body.title,
    content: body.content,
    urgent: body.urgent,
    skipReason: to.direct ? null : (body.skipReason ?? null),
    copyNos: await copyNumbers(work.tx, body.copyIds),
    actOn: body.actOn ?? null,
    afterReason: body.afterReason ?? null,
    meetingNo: await decidingMeeting(work.tx, organizationNo, body.meetingId),
    circulated: body.circulated ?? null,
    signer: body.signer ?? null,
    documentNumber: body.documentNumber ?? null,
    fileNos: await fileNumbers(work.tx, body.fileIds),
  }
}
