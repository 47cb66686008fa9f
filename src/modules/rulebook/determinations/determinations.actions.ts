import { action, type Work } from '../../../kernel/actions/action.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { notify } from '../../../kernel/notices/registry.ts'
import { addDays, inChinese } from '../../../kernel/time/civil-date.ts'
import { factsChanged } from '../engine/engine.actions.ts'
import { spanOf } from '../obligations/obligations.queries.ts'
import { standingAbove, subjectOf } from '../obligations/subjects.queries.ts'
import {
  correctDetermination,
  daysToObject,
  decideObjection,
  makeDetermination,
  objectToDetermination,
  ofDetermination,
  withdrawDetermination,
} from './determinations.contract.ts'
import {
  type DeterminationAction,
  determinationActions,
  determinationLifecycle,
  determinationStates,
} from './determinations.lifecycle.ts'
import { checkSeen, matterOf } from './determinations.queries.ts'
import { changeDetermination, findDetermination, insertDetermination, type StoredDetermination } from './determinations.store.ts'

async function storedOf(work: Work, id: string): Promise<StoredDetermination> {
  const stored = await findDetermination(work.tx, id)
  if (!stored) throw new Problem('rulebook.determination_not_found')
  return stored
}

async function aboveOf(work: Work, organizationNos: readonly number[]): Promise<number[]> {
  const above = await standingAbove(work.tx, organizationNos)
  if (above.length === 0) throw new Problem('rulebook.determination_needs_superior')
  return above
}
const aboveStored = async (work: Work, { id }: { id: string }) => aboveOf(work, [(await storedOf(work, id)).organizationNo])

function allowed(stored: StoredDetermination, verb: DeterminationAction): void {
  if (determinationLifecycle[stored.state][verb]) return
  throw new Problem('kernel.not_allowed_now', {
    detail: `这次认定${determinationStates[stored.state]}，不能${determinationActions[verb]}。`,
  })
}

function onlyByFinder(work: Work, stored: StoredDetermination): void {
  if (stored.statedBy !== work.actor.accountNo) throw new Problem('rulebook.not_own_determination')
}

/** Figures of the whole period follow, up to today. */
async function moveFigures(work: Work, at: { organizationNo: number; period: string }): Promise<void> {
  const { from, to } = spanOf(at.period)
  await factsChanged(work, {
    organizations: [at.organizationNo],
    dates: [from, to < work.today ? to : work.today],
    of: ['rulebook.determinations'],
  })
}

const keepers = [
  'unit_leader',
  'committee_secretary',
  'full_time_deputy',
  'general_branch_secretary',
  'branch_secretary',
  'group_leader',
]

/** Tells the organization what was determined about it and until when it may object. */
async function tellOrganization(
  work: Work,
  told: { id: string; organizationNo: number; title: string; body: string },
): Promise<void> {
  await notify(work.tx, {
    to: { holders: [{ organizationNo: told.organizationNo, roles: keepers }] },
    except: work.actor.accountNo,
    kind: 'rulebook.determined',
    title: told.title,
    body: told.body,
    link: `/determinations/${told.id}`,
    at: work.now,
  })
}

const mayObject = (work: Work) => `有异议的，请在${inChinese(addDays(work.today, daysToObject))}以前提出。`
const about = (id: string) => [{ kind: 'determination', id }]

export const makeDeterminationAction = action({
  name: 'rulebook.determination.make',
  input: makeDetermination.body,
  touches: async (work, { organizationId }) => aboveOf(work, (await subjectOf(work.tx, organizationId)).organizations),
  run: async (work, { requirement, organizationId, period, ...seen }) => {
    const { matter, title, organizationNo } = await matterOf(work, { requirement, organizationId, period })
    await checkSeen(work.tx, seen, { period, today: work.today })
    const made = await insertDetermination(work, { requirement, matter, organizationNo, period, seen })
    if (!made) throw new Problem('rulebook.determined_already')
    await moveFigures(work, { organizationNo, period })
    await tellOrganization(work, {
      id: made.id,
      organizationNo,
      title: `认定${seen.met ? '做到' : '没有做到'}：${title}`,
      body: `${seen.seen}。${mayObject(work)}`,
    })
    return {
      reply: { id: made.id },
      objects: about(made.id),
      fields: { requirement, period, met: seen.met, seenOn: seen.seenOn, manner: seen.manner },
    }
  },
})

export const correctDeterminationAction = action({
  name: 'rulebook.determination.correct',
  input: ofDetermination.extend(correctDetermination.body.shape),
  touches: aboveStored,
  run: async (work, { id, revision, reason, ...seen }) => {
    const stored = await storedOf(work, id)
    onlyByFinder(work, stored)
    allowed(stored, 'correct')
    if (stored.revision !== revision) throw new Problem('kernel.changed_meanwhile')
    await checkSeen(work.tx, seen, { period: stored.period, today: work.today })
    const change = { object_until: addDays(work.today, daysToObject) }
    if (!(await changeDetermination(work, stored, { change, reason, seen }))) throw new Problem('kernel.changed_meanwhile')
    await moveFigures(work, stored)
    await tellOrganization(work, {
      id,
      organizationNo: stored.organizationNo,
      title: `认定已更正为${seen.met ? '做到' : '没有做到'}：${stored.requirement}`,
      body: `更正理由：${reason}。${mayObject(work)}`,
    })
    return { reply: { id, revision: revision + 1 }, objects: about(id), fields: { reason, met: seen.met } }
  },
})

export const withdrawDeterminationAction = action({
  name: 'rulebook.determination.withdraw',
  input: ofDetermination.extend(withdrawDetermination.body.shape),
  touches: aboveStored,
  run: async (work, { id, reason }) => {
    const stored = await storedOf(work, id)
    onlyByFinder(work, stored)
    allowed(stored, 'withdraw')
    const change = { state: 'withdrawn', state_reason: reason } as const
    if (!(await changeDetermination(work, stored, { change, reason }))) throw new Problem('kernel.changed_meanwhile')
    await moveFigures(work, stored)
    await tellOrganization(work, {
      id,
      organizationNo: stored.organizationNo,
      title: `认定已撤回：${stored.requirement}`,
      body: `撤回理由：${reason}。`,
    })
    return { reply: { id }, objects: about(id), fields: { reason } }
  },
})

export const objectAction = action({
  name: 'rulebook.determination.object',
  input: ofDetermination.extend(objectToDetermination.body.shape),
  touches: async (work, { id }) => [(await storedOf(work, id)).organizationNo],
  run: async (work, { id, objection }) => {
    const stored = await storedOf(work, id)
    allowed(stored, 'object')
    if (stored.statedBy === work.actor.accountNo) throw new Problem('rulebook.own_objection')
    if (work.today > stored.objectUntil) throw new Problem('rulebook.objection_too_late')
    const change = { state: 'objected', objection, objected_at: work.now, objected_by: work.actor.accountNo } as const
    if (!(await changeDetermination(work, stored, { change, reason: objection }))) throw new Problem('kernel.changed_meanwhile')
    const above = await standingAbove(work.tx, [stored.organizationNo])
    await notify(work.tx, {
      to: {
        accountNos: [stored.statedBy],
        holders: above.map((organizationNo) => ({
          organizationNo,
          roles: ['committee_officer', 'committee_secretary', 'full_time_deputy'],
        })),
      },
      except: work.actor.accountNo,
      kind: 'rulebook.determination_objected',
      title: `对认定有异议：${stored.requirement}`,
      body: `${objection}。请由认定人以外的同志决定。`,
      link: `/determinations/${id}`,
      at: work.now,
    })
    return { reply: { id }, objects: about(id), fields: { objection } }
  },
})

export const decideObjectionAction = action({
  name: 'rulebook.determination.decide',
  input: ofDetermination.extend(decideObjection.body.shape),
  touches: aboveStored,
  run: async (work, { id, outcome, decision }) => {
    const stored = await storedOf(work, id)
    allowed(stored, 'decide')
    if ([stored.statedBy, stored.objectedBy].includes(work.actor.accountNo)) throw new Problem('rulebook.own_objection')
    const met = outcome === 'changed' ? !stored.met : stored.met
    const change = { state: outcome, met, decision, decided_at: work.now, decided_by: work.actor.accountNo }
    if (!(await changeDetermination(work, stored, { change, reason: decision }))) throw new Problem('kernel.changed_meanwhile')
    await moveFigures(work, stored)
    await tellOrganization(work, {
      id,
      organizationNo: stored.organizationNo,
      title: `异议已决定：${outcome === 'changed' ? '改变' : '维持'}认定（${stored.requirement}）`,
      body: `现认定为${met ? '做到' : '没有做到'}。理由：${decision}。`,
    })
    return { reply: { id, met }, objects: about(id), fields: { outcome, decision } }
  },
})
