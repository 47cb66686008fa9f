import { sql } from 'kysely'
import type { z } from 'zod'
import { type Action, action, type Work } from '../../../kernel/actions/action.ts'
import { reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { keepClue, namedOf } from '../clues/receiving.actions.ts'
import { signedAs } from '../records/signature.rules.ts'
import * as contract from './findings.contract.ts'
import {
  changeFinding,
  findFinding,
  type FindingChange,
  insertFinding,
  problemFromFinding,
  proposeFromFinding,
  type StoredFinding,
} from './findings.store.ts'
import { ofOne } from './inspection-fields.contract.ts'
import { inspectionOf, onlyByVisitors } from './inspection-steps.actions.ts'
import { type FindingAction, findingLifecycle, type FindingState, inspectionStates } from './inspections.lifecycle.ts'
import { caseTitle, findingRefusal, takesFindings } from './inspections.rules.ts'

type Said = Pick<contract.FindingGiven, 'kind' | 'requirement' | 'fileIds'>

/** Refuses a finding without its requirement, with an unknown one, or with files that did not arrive. */
async function checkSaid(work: Work, said: Said): Promise<void> {
  const refuse = (code: string, field: string, message: string) => new Problem(code, { errors: [{ field, message }] })
  if ((said.kind === 'requirement') !== (said.requirement !== undefined))
    throw refuse('supervision.finding_needs_requirement', 'requirement', '请选是哪项要求；其他种类的不填。')
  if (said.requirement !== undefined) {
    const { rows } = await sql`select 1 from rulebook.requirements where code = ${said.requirement} limit 1`.execute(
      reading<'rulebook'>(work.tx),
    )
    if (rows.length === 0) throw refuse('supervision.finding_requirement_unknown', 'requirement', '没有这项要求。')
  }
  const { rows } = await sql<{ id: string }>`select id from kernel.files where id = any (${[...said.fileIds]}::text[])`.execute(
    reading<'kernel'>(work.tx),
  )
  if (rows.length < new Set(said.fileIds).size)
    throw refuse('supervision.finding_file_missing', 'fileIds', '有照片或材料没有传上，请重新添加。')
}

export const recordFindingAction = action({
  name: 'supervision.finding.record',
  input: contract.recordFinding.body,
  touches: async (work, { inspectionId }) => [(await inspectionOf(work, inspectionId)).organizationNo],
  run: async (work, given) => {
    const inspection = await inspectionOf(work, given.inspectionId)
    await onlyByVisitors(work, inspection)
    if (!takesFindings(inspection.state))
      throw new Problem('supervision.inspection_not_allowed_now', {
        detail: `这次检查现在是“${inspectionStates[inspection.state]}”，不能记发现。请先开始或恢复检查。`,
      })
    await checkSaid(work, given)
    const notedAtMoment = new Date(Math.min(new Date(given.notedAt).getTime(), work.now.getTime()))
    const kept = await insertFinding(work, inspection, { ...given, notedAtMoment })
    if (!kept) throw new Problem('supervision.finding_other_content')
    const { id, state } = kept
    return {
      reply: { id, state },
      objects: [{ kind: 'finding', id }],
      fields: { kind: given.kind, serious: given.serious, state },
    }
  },
})

async function findingOf(work: Work, id: string): Promise<StoredFinding> {
  const stored = await findFinding(work.tx, id)
  if (!stored) throw new Problem('supervision.finding_not_found')
  return stored
}

const refused = (state: FindingState, verb: FindingAction) =>
  new Problem('supervision.finding_not_allowed_now', { detail: findingRefusal(state, verb) })

interface FindingStep extends Pick<FindingChange, 'reason' | 'said' | 'caseNo'> {
  readonly caseId?: string
  readonly problemId?: string
}

interface FindingMoved {
  readonly id: string
  readonly state: FindingState
  readonly caseId: string | null
  readonly problemId: string | null
}

function findingStep<Input extends z.ZodType<{ id: string }>>(
  verb: FindingAction,
  input: Input,
  step: (work: Work, stored: StoredFinding, input: z.output<Input>) => Promise<FindingStep> | FindingStep,
): Action<Input, FindingMoved> {
  return action({
    name: `supervision.finding.${verb}`,
    input,
    // What goes to the discipline line leaves no place in the ledger.
    touches: async (work, { id }) => (verb === 'clue' ? [] : [(await findingOf(work, id)).organizationNo]),
    run: async (work, asked) => {
      const stored = await findingOf(work, asked.id)
      await onlyByVisitors(work, await inspectionOf(work, stored.inspectionId))
      const state = findingLifecycle[stored.state][verb]
      if (!state) throw refused(stored.state, verb)
      const { caseId, problemId, ...change } = await step(work, stored, asked)
      if (!(await changeFinding(work, stored, { ...change, action: verb, state }))) {
        const after = await findFinding(work.tx, asked.id)
        throw refused(after?.state ?? 'handed_over', verb)
      }
      return {
        reply: { id: stored.id, state, caseId: caseId ?? null, problemId: problemId ?? null },
        objects: [{ kind: 'finding', id: stored.id }],
        fields: { state, reason: change.reason },
      }
    },
  })
}

export const amendFindingAction = findingStep(
  'amend',
  ofOne.extend(contract.amendFinding.body.shape),
  async (work, stored, { revision, reason, kind, requirement, seen, serious, fileIds }) => {
    if (revision !== stored.revision) throw new Problem('kernel.changed_meanwhile')
    const said = { kind, requirement, seen, serious, fileIds }
    await checkSaid(work, said)
    return { reason, said }
  },
)

export const withdrawFindingAction = findingStep(
  'withdraw',
  ofOne.extend(contract.withdrawFinding.body.shape),
  (_work, _stored, { reason }) => ({ reason }),
)

export const handOverFindingAction = findingStep(
  'hand_over',
  ofOne.extend(contract.handOverFinding.body.shape),
  (_work, _stored, { reason }) => ({ reason }),
)

export const proposeFindingAction = findingStep('propose', ofOne, async (work, stored) => {
  // A finding moved on by somebody faster must not leave a case behind: the transaction is taken back as a whole.
  const { no, id } = await proposeFromFinding(work, stored, caseTitle(stored))
  return { reason: null, caseNo: no, caseId: id }
})

export const listFindingAction = findingStep(
  'list',
  ofOne.extend(contract.listFindingAsProblem.body.shape),
  async (work, stored, { title, description, dimension }) => {
    const signed = signedAs(work.actor, 'supervision.inspection.plan', '检查人')
    return {
      reason: null,
      problemId: await problemFromFinding(work, stored, { title, description, dimension, signedAs: signed }),
    }
  },
)

export const findingToClueAction = findingStep(
  'clue',
  ofOne.extend(contract.findingToClue.body.shape),
  async (work, stored, { title, matter, namedIds, above }) => {
    const persons = await namedOf(work, namedIds)
    const { no: findingNo, organizationNo, keyProjectNo } = stored
    const from = { source: 'finding', findingNo, problemNo: null, keyProjectNo, organizationNo } as const
    await keepClue(work, { ...from, title, matter, above, informant: null, persons })
    return { reason: null }
  },
)
