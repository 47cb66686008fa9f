import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { organizationsFor } from '../../../kernel/access/permissions.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { type TaskAction, taskActions } from './tasks.lifecycle.ts'
import { isTheirs, type TaskReader } from './tasks.rules.ts'

async function standingOver(read: Read, organizationNo: number): Promise<Set<number>> {
  const rows = await reading<'directory'>(read)
    .selectFrom('directory.organization_ancestry')
    .select('ancestor_no')
    .where('organization_no', '=', organizationNo)
    .where(sql<boolean>`upper_inf(valid)`)
    .execute()
  return new Set(rows.map((row) => row.ancestor_no))
}

/** Which of the reader's roles reach the organization that has the task and the one that gave it, by today's tree. */
export async function taskReader(
  read: Read,
  actor: Actor,
  of: { organizationNo: number; givenByNo: number },
): Promise<TaskReader> {
  const [has, gave] = [await standingOver(read, of.organizationNo), await standingOver(read, of.givenByNo)]
  const reaches = (verb: string, above: Set<number>) =>
    organizationsFor(actor, `supervision.task.${verb}`).some((no) => above.has(no))
  const verbs = (Object.keys(taskActions) as TaskAction[]).filter(
    (verb) => !isTheirs(verb) && reaches(verb, verb === 'delegate' ? has : gave),
  )
  return {
    accountNo: actor.accountNo,
    personNo: actor.personNo,
    permitted: new Set(verbs),
    answers: reaches('answer', has),
  }
}
