import { allowsAll, type Work } from '../../../kernel/actions/action.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { addDays, type CivilDate } from '../../../kernel/time/civil-date.ts'
import { deriveAncestry } from './ancestry.store.ts'
import type { OrganizationKind } from './organizations.contract.ts'
import { organizationMoved, treeChanged } from './organizations.events.ts'
import { isUnitsOwn, kindsThatHold, mayStandUnder } from './placement.rules.ts'
import { ancestorsOn, lockTree, type OrganizationState, standsUnderFrom, statesOf } from './tree.store.ts'

/** Locks the tree and reads the organizations concerned; an id that names none is a 404. */
export async function takeTree(work: Work, ids: readonly string[]): Promise<Map<string, OrganizationState>> {
  await lockTree(work.tx)
  const found = new Map((await statesOf(work.tx, ids)).map((state) => [state.id, state]))
  if (ids.some((id) => !found.has(id))) throw new Problem('directory.organization_not_found')
  return found
}

/** The one of them with that id. */
export function oneOf(states: ReadonlyMap<string, OrganizationState>, id: string): OrganizationState {
  const state = states.get(id)
  if (!state) throw new Problem('directory.organization_not_found')
  return state
}

/** A unit's own committee arranges branches and groups; every other kind is the working committee's to decide. */
export async function requireArranger(work: Work, kind: OrganizationKind, organizations: readonly number[]): Promise<void> {
  if (isUnitsOwn(kind)) return
  const permission = 'directory.organization.arrange'
  if (!(await allowsAll(work.tx, work.actor, { permission, organizations }))) throw new Problem('kernel.forbidden')
}

/** A change cannot come before what it ends has begun: the field, and the first day that will do. */
export function requireAfter(since: CivilDate | null, change: { on: CivilDate; field?: string | undefined }): void {
  if (since === null || change.on > since) return
  const message = `要变动的一项自 ${since} 才开始，请选择 ${addDays(since, 1)} 或以后的日期。`
  throw new Problem('directory.change_before_last', { errors: [{ field: change.field ?? 'on', message }] })
}

/** A change is registered on its day or later. */
export function requireNotAhead(today: CivilDate, change: { on: CivilDate; field?: string | undefined }): void {
  if (change.on <= today) return
  const message = `请选择 ${today} 或以前的日期。`
  throw new Problem('directory.change_not_yet', { errors: [{ field: change.field ?? 'on', message }] })
}

/** The organization must exist on the day, not be dissolved, and have seen no such change on or after it. */
export function requireOpen(
  state: OrganizationState,
  change: { on: CivilDate; today: CivilDate; since?: CivilDate | null; field?: string },
): void {
  requireNotAhead(change.today, change)
  if (state.dissolvedOn !== null) throw new Problem('directory.organization_dissolved')
  if (change.on < state.establishedOn) {
    const message = `“${state.name}”自 ${state.establishedOn} 设立，请选择那一天或以后的日期。`
    throw new Problem('directory.organization_not_yet', { errors: [{ field: change.field ?? 'on', message }] })
  }
  requireAfter(change.since ?? null, change)
}

/** The parent must be able to hold the kind. */
export function requireRoom(kind: OrganizationKind, parent: OrganizationState): void {
  if (mayStandUnder(kind, parent.kind)) return
  const detail = `所选上级“${parent.name}”下面不能设这一类组织；可以设在：${kindsThatHold(kind)}。`
  throw new Problem('directory.parent_cannot_hold', { detail })
}

/** Refuses a place that would put an organization under itself at any time from the day on. */
export async function requireNoCycle(work: Work, moved: { organizationNo: number; above: number; on: CivilDate }): Promise<void> {
  if (await standsUnderFrom(work.tx, moved)) throw new Problem('directory.tree_cycle')
}

/** Runs a change of edges, derives the ancestry of what moved, and tells the engine the ancestors before and after. */
export async function withDerivedTree(
  work: Work,
  change: { moved: readonly number[]; touched: readonly number[]; on: CivilDate },
  rearrange: () => Promise<void>,
): Promise<void> {
  const before = new Map<number, number[]>()
  for (const no of change.moved) before.set(no, await ancestorsOn(work.tx, no, change.on))
  await rearrange()
  for (const no of new Set([...change.moved, ...change.touched])) await deriveAncestry(work.tx, no)
  for (const no of change.moved) {
    const newAncestors = await ancestorsOn(work.tx, no, change.on)
    await work.emit(organizationMoved.of({ organizationNo: no, on: change.on, oldAncestors: before.get(no) ?? [], newAncestors }))
  }
  await work.emit(treeChanged.of({ organizationNos: [...new Set([...change.touched, ...change.moved])], on: change.on }))
}
