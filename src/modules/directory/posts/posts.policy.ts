import { permissions } from '../../../kernel/access/permissions.ts'

/** In branches and groups the unit's own committee; everywhere else the working committee (`requireArranger`). */
const appointers = ['committee_officer', 'committee_secretary', 'full_time_deputy'] as const

permissions({
  'directory.post.appoint': { title: '登记任职', roles: appointers },
  'directory.post.end': { title: '登记免职', roles: appointers },
  'directory.responsibility.assign': { title: '登记责任链', roles: appointers },
  'directory.committee.elect': { title: '登记委员会', roles: appointers },
})
