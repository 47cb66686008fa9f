import { action, allowsAll } from '../../../kernel/actions/action.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { factsChanged } from '../../rulebook/index.ts'
import { chosenOrganizations } from '../meetings/meeting-body.queries.ts'
import { countedAsStored } from '../meetings/meeting-facts.queries.ts'
import { findMeeting } from '../meetings/meetings.store.ts'
import { fixThemeDay, reportResolution } from './resolutions.contract.ts'
import { findResolution, insertReport, insertThemeDay } from './resolutions.store.ts'

export const reportResolutionAction = action({
  name: 'orglife.resolution.report',
  input: reportResolution.params.extend(reportResolution.body.shape),
  touches: () => [],
  run: async (work, { id, content, settled, note }) => {
    const meeting = await findMeeting(work.tx, id)
    const resolution = meeting && (await findResolution(work.tx, meeting.no, content))
    if (!meeting || !resolution) throw new Problem('orglife.resolution_not_found')
    const own = resolution.ownerNo !== null && resolution.ownerNo === work.actor.personNo
    const keeps = { permission: 'orglife.meeting.correct', organizations: meeting.organizationNos }
    if (!own && !(await allowsAll(work.tx, work.actor, keeps))) throw new Problem('kernel.forbidden')
    if (meeting.state !== 'recorded')
      throw new Problem('kernel.not_allowed_now', { detail: '这次会议已经撤回，议定事项不再跟踪。' })
    if (resolution.settled) throw new Problem('orglife.resolution_settled')
    await insertReport(work, { meetingNo: meeting.no, content, settled, note })
    const { heldOn, kinds, organizations } = await countedAsStored(work.tx, meeting.no)
    await factsChanged(work, { organizations, dates: [heldOn], of: ['orglife.resolutions_settled'], about: { kinds } })
    return { reply: { id }, objects: [{ kind: 'meeting', id }], fields: { content, settled, note } }
  },
})

export const fixThemeDayAction = action({
  name: 'orglife.theme_day.fix',
  input: fixThemeDay.body,
  touches: async (work, { organizationId }) => (await chosenOrganizations(work.tx, [organizationId])).map(({ no }) => no),
  run: async (work, { organizationId, day }) => {
    const [organization] = await chosenOrganizations(work.tx, [organizationId])
    if (!organization) throw new Problem('directory.organization_not_found')
    await insertThemeDay(work, { organizationNo: organization.no, day })
    await factsChanged(work, { organizations: [organization.no], dates: [work.today], of: ['orglife.theme_day_kept_to'] })
    return { reply: { day }, objects: [{ kind: 'organization', id: organizationId }], fields: { day } }
  },
})
