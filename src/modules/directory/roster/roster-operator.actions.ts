import type { Readable } from 'node:stream'
import type { Actor } from '../../../kernel/access/actor.ts'
import { perform } from '../../../kernel/actions/action.ts'
import { readAs } from '../../../kernel/database/transaction.ts'
import type { Platform } from '../../../kernel/platform.ts'
import { applyRosterAction, uploadRosterAction } from './roster.actions.ts'
import type { RosterImportPage } from './roster.contract.ts'
import { beginRosterCheck, rosterChecksEnded } from './roster.jobs.ts'
import './roster.policy.ts'
import { importPage } from './roster.queries.ts'
import { dropStaged, settleStaged, stageUpload } from './roster-staging.store.ts'

/** Whose permissions are asked, and under which name the ledger keeps that no browser was involved. */
export interface OperatorImport {
  readonly actor: Actor
  readonly requestId: string
}

/**
 * Takes in a roster from the machine itself as an account, and waits for the check: what an upload does, without a browser.
 * Answers the import as its page shows it; throws what the upload throws.
 */
export async function checkRosterFile(
  platform: Platform,
  { actor, requestId }: OperatorImport,
  roster: { organizationId: string; fileName: string; content: Readable },
): Promise<RosterImportPage> {
  const staged = await stageUpload(roster.content)
  try {
    const { organizationId, fileName } = roster
    const input = { organizationId, fileName, sha256: staged.sha256 }
    const { id } = await perform(platform, uploadRosterAction, { actor, requestId, idempotencyKey: null, input })
    await settleStaged(staged.name, id)
    beginRosterCheck(platform, actor, id)
    await rosterChecksEnded()
    return await readAs(platform.database, actor, (read) => importPage(read, id))
  } finally {
    await dropStaged(staged.name)
  }
}

/** Imports a checked roster as an account, all of it or nothing; throws what applying throws. */
export async function applyCheckedRoster(
  platform: Platform,
  { actor, requestId }: OperatorImport,
  id: string,
): Promise<{ created: number; changed: number }> {
  const done = await perform(platform, applyRosterAction, { actor, requestId, idempotencyKey: null, input: { id } })
  await dropStaged(`${id}.xlsx`)
  return done
}
