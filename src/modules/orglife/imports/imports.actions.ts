import { action, type Work } from '../../../kernel/actions/action.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { factsChanged, servedBy } from '../../rulebook/index.ts'
import { bodyOf, chosenOrganizations } from '../meetings/meeting-body.queries.ts'
import { countedAsStored, countedOf, meetingFacts } from '../meetings/meeting-facts.queries.ts'
import { changeState, findMeeting, insertMeeting, type MeetingBody } from '../meetings/meetings.store.ts'
import { satisfiedOf } from '../meetings/served-duties.rules.ts'
import { alreadyHeld, recordOf, sameMeeting } from './check.queries.ts'
import { importMeetings, undoImport } from './imports.contract.ts'
import { findImport, insertImport, markUndone, type StoredImport, untouchedMeetings } from './imports.store.ts'

async function oneOrganization(work: Work, id: string) {
  const [organization] = await chosenOrganizations(work.tx, [id])
  if (!organization) throw new Problem('directory.organization_not_found')
  return organization
}

interface Entered {
  readonly no: number
  readonly id: string
  readonly body: MeetingBody
}

/** What the meetings now count for, and how many came after the last day. */
async function effectOf(work: Work, entered: readonly Entered[]) {
  const served = []
  let late = 0
  for (const { no, body } of entered) {
    const of = await servedBy(work.tx, { kind: 'meeting', no, heldOn: body.heldOn })
    if (of.some((one) => one.late)) late += 1
    served.push(...of)
  }
  return { meetings: entered.length, late, satisfied: satisfiedOf(served) }
}

/** Enters old meetings as what they are: held then, recorded today, late where they are late. All of them or none. */
export const importMeetingsAction = action({
  name: 'orglife.meeting.import',
  input: importMeetings.body,
  touches: async (work, { organizationId }) => [(await oneOrganization(work, organizationId)).no],
  run: async (work, { organizationId, lateReason, meetings }) => {
    const organization = await oneOrganization(work, organizationId)
    const seen = await alreadyHeld(work.tx, organization.no, meetings)
    const entered: Entered[] = []
    for (const [at, meeting] of meetings.entries()) {
      if (meeting.heldOn > work.today)
        throw new Problem('orglife.held_in_future', { errors: [{ field: `meetings.${at}.heldOn`, message: '召开日期还没到。' }] })
      if (seen.has(sameMeeting(meeting)))
        throw new Problem('orglife.import_twice', {
          errors: [{ field: `meetings.${at}.title`, message: `${meeting.heldOn}“${meeting.title}”已经记过。` }],
        })
      seen.add(sameMeeting(meeting))
      const body = await bodyOf(work.tx, recordOf(meeting, organizationId), [organization])
      entered.push({ ...(await insertMeeting(work, body, { state: 'recorded', lateReason })), body })
    }
    await factsChanged(work, meetingFacts(...entered.map(({ body }) => countedOf(body))))
    const effect = await effectOf(work, entered)
    const id = await insertImport(work, { organizationNo: organization.no, lateReason, meetingNos: entered.map(({ no }) => no) })
    return {
      reply: { id, ...effect },
      objects: [{ kind: 'meeting_import', id }, ...entered.map((meeting) => ({ kind: 'meeting', id: meeting.id }))],
      fields: { meetings: effect.meetings, late: effect.late, lateReason },
    }
  },
})

async function importOf(work: Work, id: string): Promise<StoredImport> {
  const found = await findImport(work.tx, id)
  if (!found) throw new Problem('orglife.import_not_found')
  return found
}

export const undoImportAction = action({
  name: 'orglife.meeting.undo_import',
  input: undoImport.params.extend(undoImport.body.shape),
  touches: async (work, { id }) => [(await importOf(work, id)).organizationNo],
  run: async (work, { id, reason }) => {
    const stored = await importOf(work, id)
    if (stored.undone || !(await markUndone(work, stored.no, reason))) throw new Problem('orglife.import_undone')
    const { ids, touched } = await untouchedMeetings(work.tx, stored.no)
    const counted = []
    for (const meetingId of ids) {
      const meeting = await findMeeting(work.tx, meetingId)
      if (!meeting) throw new Problem('kernel.changed_meanwhile')
      counted.push(await countedAsStored(work.tx, meeting.no))
      if (!(await changeState(work, meeting, { state: 'withdrawn', reason }))) throw new Problem('kernel.changed_meanwhile')
    }
    if (counted.length > 0) await factsChanged(work, meetingFacts(...counted))
    return {
      reply: { id, withdrawn: ids.length, kept: touched },
      objects: [{ kind: 'meeting_import', id }, ...ids.map((meetingId) => ({ kind: 'meeting', id: meetingId }))],
      fields: { reason, withdrawn: ids.length, kept: touched },
    }
  },
})
