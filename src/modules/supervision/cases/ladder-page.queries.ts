import type { Actor } from '../../../kernel/access/actor.ts'
import type { Read } from '../../../kernel/database/handles.ts'
import { reaching } from '../records/records.queries.ts'
import type { CaseState } from './cases.lifecycle.ts'
import './ladder.policy.ts'
import type { LadderVerb } from './ladder.lifecycle.ts'
import { ladderNow } from './ladder-conditions.store.ts'
import { ladderPossible, proposedStep } from './ladder.rules.ts'
import { type LadderFacts, ladderFacts } from './ladder.store.ts'

interface CaseHere {
  readonly no: number
  readonly organizationNo: number
  readonly state: CaseState
  readonly waiting: boolean
  readonly overdueDays: number
}

/** What the ladder adds to a case's page: steps that are the reader's, and the next one that the conditions propose. */
export async function ladderOffered(
  read: Read,
  actor: Actor,
  at: CaseHere,
): Promise<{ abilities: LadderVerb[]; notices: string[] }> {
  const facts = await ladderFacts(read, at.no)
  const reaches = await reaching(read, actor, at.organizationNo)
  const abilities = ladderPossible({ ...at, ...facts }).filter((verb) =>
    verb === 'confirm_talk' ? mayConfirm(facts, actor, reaches) : reaches(`supervision.case.${verb}`),
  )
  const proposed = reaches('supervision.case.supervise')
    ? proposedStep({ ...at, ...facts }, (await ladderNow(read)).conditions)
    : null
  return { abilities, notices: proposed ? [proposed.why] : [] }
}

function mayConfirm({ openTalk }: LadderFacts, actor: Actor, reaches: (permission: string) => boolean): boolean {
  if (!openTalk || openTalk.talkedBy === actor.accountNo) return false
  return openTalk.talkedToNo === actor.personNo || reaches('supervision.case.answer')
}
