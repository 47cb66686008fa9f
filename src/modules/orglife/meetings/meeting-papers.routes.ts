import { Readable } from 'node:stream'
import { downloadRoute, type Route } from '../../../kernel/http/route.ts'
import type { OfficialPaper } from '../../../kernel/papers/paper.contract.ts'
import { paperType, writePaper } from '../../../kernel/papers/paper-writer.ts'
import { chosenOrganizations } from './meeting-body.queries.ts'
import { meetingAttendance, meetingMinutes } from './meeting-papers.contract.ts'
import { attendanceSheetOf, minutesOf } from './meeting.papers.ts'
import { expectedAt } from './expected.queries.ts'
import './meetings.policy.ts'
import { meetingPageOf } from './meetings.queries.ts'

const file = async (paper: OfficialPaper) => ({
  name: `${paper.mark}${paper.title}-${paper.signedOn ?? ''}.docx`,
  mediaType: paperType,
  stream: Readable.from([await writePaper(paper)]),
})

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
