import type { Work } from '../../../kernel/actions/action.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { foldCase, type FoldedCase, type WrittenStep } from '../cases/case-fold.rules.ts'
import { caseOf, tell } from '../cases/case-steps.actions.ts'
import { changeCase } from '../cases/cases.store.ts'
import { cardsOfCase } from '../cases/ladder.actions.ts'
import { withdrawTalks, writtenSteps } from '../cases/ladder.store.ts'
import { revokeCard } from './revoke-card.actions.ts'

/** Steps that earlier appeals took back. */
const revokedBefore = (steps: readonly WrittenStep[]): number[] =>
  steps.flatMap(({ action, body }) =>
    action === 'revoke' && Array.isArray(body['revisions']) ? body['revisions'].map(Number) : [],
  )

/**
 * Takes one step of a case back: the case is folded anew from what remains, talks and cards that rested on what fell are withdrawn,
 * and the whole history stays. Answers the revisions that no longer stand.
 */
export async function revokeCaseStep(
  work: Work,
  id: string,
  { revision, why }: { revision: number; why: string },
): Promise<number[]> {
  const stored = await caseOf(work, id)
  const steps = await writtenSteps(work.tx, stored.no)
  const before = foldCase(steps, new Set(revokedBefore(steps)))
  const folded = foldCase(steps, new Set([...revokedBefore(steps), revision]))
  const revisions = [revision, ...folded.fallen.filter((one) => !before.fallen.includes(one))]
  const change = {
    action: 'revoke',
    state: folded.state,
    set: columnsOf(folded),
    reason: why,
    body: { revisions, revoked: `第 ${revisions.join('、')} 步` },
  }
  if (!(await changeCase(work, stored, change))) throw new Problem('supervision.case_not_allowed_now')
  await withdrawTalks(work, stored.no, revisions)
  if (!stillRests(folded)) for (const card of await cardsOfCase(work, stored.no)) await revokeCard(work, card, why)
  const tells = ['owner', 'answerers', 'opener'] as const
  await tell(work, stored, {
    kind: 'supervision.case_revoke',
    title: `申诉成立，已撤销一步：${stored.title}`,
    body: why,
    tells,
    urgent: true,
  })
  return revisions
}

/** True while the case still has come so far up the ladder that its card may stand. */
const stillRests = ({ state, rung }: FoldedCase) =>
  state !== 'proposed' && state !== 'dismissed' && (rung === 'card_proposed' || rung === 'accountability')

const columnsOf = (folded: FoldedCase) => ({
  rung: folded.rung,
  due_on: folded.dueOn,
  owner_no: folded.ownerNo,
  remedies: folded.remedies,
  opened_by: folded.openedBy,
  report: folded.report?.text ?? null,
  reported_by: folded.report?.by ?? null,
  reported_at: folded.report?.at ?? null,
  ...(folded.state !== 'closed' && { verification: null, verified_by: null, verified_at: null }),
  waited_days: 0,
  waiting_since: null,
  waiting_for: null,
})
