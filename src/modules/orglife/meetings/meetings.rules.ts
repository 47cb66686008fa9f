import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import type { OrganizationKind } from '../../directory/organizations/organizations.contract.ts'
import type { AgendaCategory, MeetingKind } from './meetings.contract.ts'

const branches = ['branch', 'joint_branch', 'temporary_branch'] as const
const bodies = ['party_committee', 'general_branch'] as const

/** Which kinds of organization hold which kinds of meeting. */
export const heldBy: Readonly<Record<MeetingKind, readonly OrganizationKind[]>> = {
  members_meeting: [...branches, 'general_branch'],
  committee_meeting: branches,
  group_meeting: ['group'],
  theme_day: [...branches, 'group', 'general_branch'],
  lecture: [...branches, 'group', ...bodies, 'leading_group', 'unit'],
  organization_life_meeting: [...branches, 'group'],
  democratic_review: branches,
  party_committee_meeting: bodies,
  leading_group_meeting: ['leading_group'],
  theory_study_group: ['leading_group', 'unit', 'party_committee'],
  democratic_life_meeting: ['leading_group', 'party_committee'],
  staff_assembly: ['unit', 'leading_group', 'party_committee'],
}

/** Kinds that an organization of this kind may hold. */
export function kindsFor(kind: OrganizationKind): MeetingKind[] {
  return (Object.keys(heldBy) as MeetingKind[]).filter((meeting) => heldBy[meeting].includes(kind))
}

/** Which of several organizations and kinds do not fit together: each kind needs at least one organization that holds it. */
export function unfitting(kinds: readonly MeetingKind[], organizations: readonly OrganizationKind[]): MeetingKind[] {
  return kinds.filter((kind) => !organizations.some((organization) => heldBy[kind].includes(organization)))
}

const ofCommittees: readonly MeetingKind[] = ['committee_meeting', 'party_committee_meeting']

/** Who is expected: the committee at a meeting of committees alone, everybody of the organization otherwise. */
export function expects(kinds: readonly MeetingKind[]): 'committee' | 'members' {
  return kinds.every((kind) => ofCommittees.includes(kind)) ? 'committee' : 'members'
}

/** Covered by 首要学习制 (D1.2): these meetings begin with political theory. */
const theoryFirst: readonly MeetingKind[] = [
  'members_meeting',
  'committee_meeting',
  'group_meeting',
  'party_committee_meeting',
  'leading_group_meeting',
]

export interface Warning {
  readonly code: string
  readonly message: string
}

/** Said while there is still time: the first item should be political theory (D1.2). */
export function agendaWarnings(kinds: readonly MeetingKind[], first: AgendaCategory | undefined): Warning[] {
  if (!kinds.some((kind) => theoryFirst.includes(kind)) || first === undefined || first === 'political_theory') return []
  return [
    {
      code: 'orglife.first_item_not_theory',
      message: '第一项议程不是政治理论学习。按首要学习制（D1.2），请把理论学习排在第一项。',
    },
  ]
}

/** ZB16: 组织生活会 usually in the fourth quarter; a hint, never a verdict. */
export function seasonWarnings(kinds: readonly MeetingKind[], heldOn: CivilDate): Warning[] {
  if (!kinds.includes('organization_life_meeting') || Number(heldOn.slice(5, 7)) >= 10) return []
  return [
    {
      code: 'orglife.usually_fourth_quarter',
      message: '组织生活会一般安排在第四季度（支部条例第十七条）。确需现在开，可以照常记录。',
    },
  ]
}

/** Heads by which a quorum and a majority are judged. */
export interface Heads {
  readonly eligible: number
  readonly eligiblePresent: number
  readonly committeeExpected: number
  readonly committeePresent: number
  readonly expected: number
  readonly present: number
}

/** ZB7, ZB9, QB9: too few came; the meeting is kept and said not to count where the rule asks for it. */
export function quorumWarnings(kinds: readonly MeetingKind[], heads: Heads): Warning[] {
  const warnings: Warning[] = []
  if (kinds.includes('members_meeting') && heads.eligiblePresent * 2 < heads.eligible) {
    warnings.push({
      code: 'orglife.members_quorum_short',
      message: `应到有表决权党员 ${heads.eligible} 人，到会 ${heads.eligiblePresent} 人，不足半数，不能作为支部党员大会计入。`,
    })
  }
  if (kinds.includes('committee_meeting') && heads.committeePresent * 2 < heads.committeeExpected) {
    warnings.push({
      code: 'orglife.committee_quorum_short',
      message: `应到委员 ${heads.committeeExpected} 人，到会 ${heads.committeePresent} 人，不足半数，不能作为支委会计入。`,
    })
  }
  if (kinds.includes('democratic_life_meeting') && heads.present * 3 < heads.expected * 2) {
    warnings.push({
      code: 'orglife.life_meeting_quorum_short',
      message: `应到 ${heads.expected} 人，到会 ${heads.present} 人，不足三分之二，民主生活会不能召开，这次不作为民主生活会计入；请改期再开。`,
    })
  }
  return warnings
}

/** ZB7: carried when yes is more than half of those who should have come with a vote, and at least half of them came. */
export function carried(vote: { yes: number }, heads: { eligible: number; present: number }): boolean {
  return heads.present * 2 >= heads.eligible && vote.yes * 2 > heads.eligible
}

/** Ordinary agenda of a first meeting, theory first. */
export const agendaTemplates: Readonly<Partial<Record<MeetingKind, readonly { title: string; category: AgendaCategory }[]>>> = {
  members_meeting: [
    { title: '政治理论学习', category: 'political_theory' },
    { title: '通报支部工作', category: 'party_affairs' },
  ],
  committee_meeting: [
    { title: '政治理论学习', category: 'political_theory' },
    { title: '研究本月支部工作', category: 'party_affairs' },
  ],
  group_meeting: [
    { title: '政治理论学习', category: 'political_theory' },
    { title: '交流思想和工作', category: 'party_affairs' },
  ],
  theme_day: [
    { title: '集中学习', category: 'political_theory' },
    { title: '民主议事', category: 'party_affairs' },
  ],
  lecture: [{ title: '党课', category: 'political_theory' }],
  leading_group_meeting: [
    { title: '政治理论学习', category: 'political_theory' },
    { title: '研究机关党建工作', category: 'party_affairs' },
  ],
}
