import type { z } from 'zod'
import { type Action, allowsAll, type Done, type Work } from '../../../kernel/actions/action.ts'
import { writing } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { addDays, type CivilDate } from '../../../kernel/time/civil-date.ts'
import { dissolveOrganizationAction } from './endings.actions.ts'
import { createOrganizationAction } from './organizations.actions.ts'
import { oneOf, takeTree } from './tree-change.actions.ts'

/** Runs an act of this module inside another act, under its own permission over all that it touches. */
async function within<Input extends z.ZodType, Reply>(
  work: Work,
  act: Action<Input, Reply>,
  input: z.output<Input>,
): Promise<Done<Reply>> {
  const organizations = await act.touches(work, input)
  if (!(await allowsAll(work.tx, work.actor, { permission: act.name, organizations }))) throw new Problem('kernel.forbidden')
  return act.run(work, input)
}

/** Sets up a temporary branch (ZB8): under whom it stands has approved it, and it ends on a day. Answers its id and number. */
export async function foundTemporaryBranch(
  work: Work,
  given: { name: string; parentId: string; on: CivilDate; endsOn: CivilDate; reason: string },
): Promise<{ no: number; id: string }> {
  const { reply } = await within(work, createOrganizationAction, { kind: 'temporary_branch', ...given })
  const states = await takeTree(work, [reply.id, given.parentId])
  const made = oneOf(states, reply.id)
  const approved = { approved_by_no: oneOf(states, given.parentId).no }
  await writing<'directory'>(work.tx).updateTable('directory.organizations').set(approved).where('no', '=', made.no).execute()
  return { no: made.no, id: made.id }
}

/** The temporary branch with this id, still standing and arranged by the actor. */
export async function standingTemporaryBranch(work: Work, id: string): Promise<{ no: number; id: string; name: string }> {
  const branch = oneOf(await takeTree(work, [id]), id)
  if (branch.kind !== 'temporary_branch') throw new Problem('directory.not_a_temporary_branch')
  if (branch.dissolvedOn !== null) throw new Problem('directory.organization_dissolved')
  const asked = { permission: 'directory.organization.dissolve', organizations: [branch.no] }
  if (!(await allowsAll(work.tx, work.actor, asked))) throw new Problem('kernel.forbidden')
  return branch
}

/** Moves the planned end of a temporary branch to a later day. */
export async function extendTemporaryBranch(
  work: Work,
  given: { id: string; until: CivilDate; endsOn: CivilDate | null },
): Promise<void> {
  const branch = await standingTemporaryBranch(work, given.id)
  const least = given.endsOn !== null && given.endsOn > work.today ? given.endsOn : work.today
  if (given.until <= least)
    throw new Problem('kernel.invalid_input', {
      errors: [{ field: 'until', message: `请填 ${addDays(least, 1)} 或以后的日期。` }],
    })
  const later = { ends_on: given.until }
  await writing<'directory'>(work.tx).updateTable('directory.organizations').set(later).where('no', '=', branch.no).execute()
}

/** Dissolves a temporary branch; with members or groups of its own it needs a successor. */
export async function dissolveTemporaryBranch(
  work: Work,
  given: { id: string; on: CivilDate; reason: string; successorId?: string | undefined },
): Promise<void> {
  await standingTemporaryBranch(work, given.id)
  await within(work, dissolveOrganizationAction, given)
}
