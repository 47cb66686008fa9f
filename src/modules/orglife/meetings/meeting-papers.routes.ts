import { downloadRoute, type Route } from '../../../kernel/http/route.ts'
import type { OfficialPaper } from '../../../kernel/papers/paper.contract.ts'
import { paperFile } from '../../../kernel/papers/paper-file.ts'
import { chosenOrganizations } from './meeting-body.queries.ts'
import { meetingAttendance, meetingMinutes } from './meeting-papers.contract.ts'
import { attendanceSheetOf, minutesOf } from './meeting.papers.ts'
import { expectedAt } from './expected.queries.ts'
import './meetings.policy.ts'
import { meetingPageOf } from './meetings.queries.ts'

const file = (paper: OfficialPaper) => paperFile(`${paper.signer}${paper.title}-${paper.signedOn ?? ''}`, paper)

export const meetingPapersRoutes: readonly Route[] = [
  downloadRoute(meetingMinutes, {
    permission: 'orglife.meeting.read',
    handle: async ({ params, read, actor }) => file(minutesOf(await read((db) => meetingPageOf(db, actor, params.id)))),
  }),
  downloadRoute(meetingAttendance, {
    permission: 'orglife.meeting.read',
    handle: async ({ params, read, actor }) =>
      file(
        await read(async (db) => {
          const meeting = await meetingPageOf(db, actor, params.id)
          const organizations = await chosenOrganizations(
            db,
            meeting.organizations.map(({ id }) => id),
          )
          const expected = await expectedAt(
            db,
            organizations.map(({ no }) => no),
            meeting.heldOn,
          )
          return attendanceSheetOf(
            meeting,
            expected.filter(({ exempt }) => !exempt).map(({ name }) => name),
          )
        }),
      ),
  }),
]
