import { addDays, addMonths, type CivilDate, inChinese } from '../../../kernel/time/civil-date.ts'
import type { ProjectKind, ProjectState } from './key-projects.lifecycle.ts'

/** Days before the planned end of a temporary branch from which it is reminded of. */
export const branchReminderDays = 30

/** What is known of a project and its branch for the hints. */
export interface Judged {
  readonly kind: ProjectKind
  readonly state: ProjectState
  readonly startsOn: CivilDate
  readonly endsOn: CivilDate | null
  readonly branch: { readonly name: string; readonly endsOn: CivilDate | null; readonly dissolvedOn: CivilDate | null } | null
}

/** True while a temporary branch stands whose span ends soon or has ended, or whose project is over. */
export function branchNeedsWord(of: Judged, today: CivilDate): boolean {
  if (!of.branch || of.branch.dissolvedOn !== null) return false
  if (of.state === 'closed' || of.state === 'withdrawn') return true
  return of.branch.endsOn !== null && of.branch.endsOn <= addDays(today, branchReminderDays)
}

function branchWord({ branch, state }: Judged, today: CivilDate): string {
  const name = branch?.name ?? ''
  if (state === 'closed' || state === 'withdrawn') return `项目已经结束，${name}还在，请撤销，或说明理由后延长。`
  const ends = branch?.endsOn ?? today
  const word = ends < today ? '已经到期' : '到期'
  return `${name}的存续期${inChinese(ends)}${word}，请延长或撤销。`
}

const stands = ({ branch }: Judged) => branch !== null && branch.dissolvedOn === null

/** ZB3: a project of six months or more calls for a branch. */
function callsForBranch(of: Judged): boolean {
  return of.kind === 'project' && !stands(of) && of.endsOn !== null && of.endsOn >= addMonths(of.startsOn, 6)
}

/** Hints, never verdicts: ZB3 asks for a branch where a project lasts six months or more, ZB8 limits what a temporary one does. */
export function hintsOf(of: Judged, today: CivilDate): string[] {
  const open = of.state === 'planned' || of.state === 'running'
  const hints: string[] = []
  if (open && callsForBranch(of))
    hints.push('期限在六个月以上的项目，有三名以上正式党员的，应当考虑建立党支部；组织关系不转接的，可以设临时党支部。')
  if (branchNeedsWord(of, today)) hints.push(branchWord(of, today))
  if (stands(of)) hints.push('临时党支部一般不发展党员、不处分处置党员、不收党费、不选代表、不换届；班子由批准它的组织指定。')
  if (open && of.endsOn !== null && of.endsOn < today) hints.push(`计划的结束日期${inChinese(of.endsOn)}已过，请办结或更正日期。`)
  return hints
}
