import { action, type Done, type Work } from '../../../kernel/actions/action.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { newId } from '../../../kernel/identity/ids.ts'
import { notify } from '../../../kernel/notices/registry.ts'
import { z } from 'zod'
import { standingAbove } from '../obligations/subjects.queries.ts'
import { branchDecides, exempt, grounds, revokeExemption } from './exemptions.contract.ts'
import {
  endExemption,
  exemptionBehind,
  exemptionChanged,
  type Holder,
  holderOf,
  keepExemption,
  sameExists,
  type StandingExemption,
} from './exemptions.store.ts'

type Asked = z.output<(typeof exempt)['body']>
const wrong = (field: string, message: string) => new Problem('kernel.invalid_input', { errors: [{ field, message }] })

/** Whether the branch itself decides: its member, on a ground of JY6. */
export const isBranchs = (asked: { subject: string; ground: Asked['ground'] }): boolean =>
  asked.subject.startsWith('per_') && branchDecides.includes(asked.ground)

async function above(read: Read, holder: Pick<Holder, 'organizationNo'>): Promise<number[]> {
  const found = await standingAbove(read, [holder.organizationNo])
  if (found.length === 0) throw new Problem('rulebook.exemption_needs_superior')
  return found
}

async function checked(work: Work, asked: Asked, holder: Holder): Promise<void> {
  if (holder.kind === 'p' && holder.no === work.actor.personNo) throw new Problem('rulebook.exemption_of_self')
  if (asked.to < asked.from) throw wrong('to', '截止日期不能早于开始日期。')
  const { of, title } = grounds[asked.ground]
  if (of !== 'any' && (of === 'person') !== (holder.kind === 'p')) {
    throw wrong('ground', of === 'person' ? `“${title}”是对党员的情形，请选择人员。` : `“${title}”是对组织的情形，请选择组织。`)
  }
  if (asked.requirement !== undefined) {
    const known = await reading<'rulebook'>(work.tx)
      .selectFrom('rulebook.requirements')
      .select('no')
      .where('code', '=', asked.requirement)
      .limit(1)
      .executeTakeFirst()
    if (!known) throw wrong('requirement', '没有这条要求，请从制度中选择。')
  }
  if (await sameExists(work.tx, { ...asked, holder })) throw new Problem('rulebook.exemption_exists')
}

async function decide(work: Work, asked: Asked, deciderNo: number | null): Promise<Done<{ id: string }>> {
  const holder = await holderOf(work.tx, asked.subject)
  await checked(work, asked, holder)
  const id = newId('exm')
  await keepExemption(work, { ...asked, id, holder, deciderNo })
  await exemptionChanged(work, { holder, from: asked.from, to: asked.to })
  await tell(work, holder, { id, ground: asked.ground, branchs: isBranchs(asked) })
  return {
    reply: { id },
    objects: [
      { kind: 'exemption', id },
      { kind: 'subject', id: asked.subject },
    ],
    fields: { ...asked },
  }
}

/** Whoever is exempt is told; of what a branch decides for its member those above are told as well. */
async function tell(work: Work, holder: Holder, made: { id: string; ground: Asked['ground']; branchs: boolean }): Promise<void> {
  const said = {
    kind: 'rulebook.exemption_granted',
    link: `/exemptions?open=${made.id}`,
    except: work.actor.accountNo,
    at: work.now,
  }
  const { title } = grounds[made.ground]
  const keepers = {
    roles: ['branch_secretary', 'committee_secretary', 'general_branch_secretary'],
    organizationNo: holder.organizationNo,
  }
  const to = holder.kind === 'p' ? { personNos: [holder.no] } : { holders: [keepers] }
  await notify(work.tx, { ...said, to, title: '已决定豁免', body: `情形：${title}。点开看免哪些要求、到哪天为止。` })
  if (!made.branchs) return
  const holders = (await standingAbove(work.tx, [holder.organizationNo])).map((organizationNo) => ({
    roles: ['committee_secretary', 'full_time_deputy', 'general_branch_secretary'],
    organizationNo,
  }))
  await notify(work.tx, { ...said, to: { holders }, title: '下级支部决定了一项党员豁免', body: '由支部决定，供您了解。' })
}

/** An exemption by decision: from those above, with a reason and an end. */
export const exemptAction = action({
  name: 'rulebook.exemption.grant',
  input: exempt.body,
  touches: async (work, asked) => above(work.tx, await holderOf(work.tx, asked.subject)),
  run: async (work, asked) => decide(work, asked, (await above(work.tx, await holderOf(work.tx, asked.subject)))[0] ?? null),
})

/** JY6: the branch decides for its aged and ill members, and those above see it. */
export const exemptMemberAction = action({
  name: 'rulebook.exemption.grant_member',
  input: exempt.body,
  touches: async (work, asked) => [(await holderOf(work.tx, asked.subject)).organizationNo],
  run: async (work, asked) => {
    if (!isBranchs(asked)) throw new Problem('kernel.forbidden')
    return decide(work, asked, (await holderOf(work.tx, asked.subject)).organizationNo)
  },
})

const revoking = revokeExemption.body.extend({ id: z.string() })
const decidedByBranch = (found: StandingExemption): boolean => found.kind === 'p' && branchDecides.includes(found.ground)

/** Whether the branch that decided may take it back. What is not there is refused by the act, which notes the attempt. */
export const isBranchsToRevoke = (read: Read, id: string): Promise<boolean> =>
  exemptionBehind(read, id).then(decidedByBranch, () => false)

async function revoke(work: Work, asked: z.output<typeof revoking>): Promise<Done<{ id: string }>> {
  const found = await exemptionBehind(work.tx, asked.id)
  const holder = { kind: found.kind, no: found.subjectNo, organizationNo: found.organizationNo }
  if (holder.kind === 'p' && holder.no === work.actor.personNo) throw new Problem('rulebook.exemption_of_self')
  const from = asked.from ?? (work.today > found.from ? work.today : found.from)
  if (found.revoked || (asked.from === undefined && from > found.to)) throw new Problem('rulebook.exemption_over')
  if (from < found.from || from > found.to) throw wrong('from', `请选择豁免期内的日期（${found.from} 至 ${found.to}）。`)
  if (!(await endExemption(work, found.no, { from, reason: asked.reason }))) throw new Problem('rulebook.exemption_over')
  await exemptionChanged(work, { holder, from, to: found.to })
  return { reply: { id: found.id }, objects: [{ kind: 'exemption', id: found.id }], fields: { from, reason: asked.reason } }
}

export const revokeExemptionAction = action({
  name: 'rulebook.exemption.revoke',
  input: revoking,
  touches: async (work, asked) => above(work.tx, await exemptionBehind(work.tx, asked.id)),
  run: revoke,
})

export const revokeMemberExemptionAction = action({
  name: 'rulebook.exemption.revoke_member',
  input: revoking,
  touches: async (work, asked) => [(await exemptionBehind(work.tx, asked.id)).organizationNo],
  run: async (work, asked) => {
    if (!decidedByBranch(await exemptionBehind(work.tx, asked.id))) throw new Problem('kernel.forbidden')
    return revoke(work, asked)
  },
})
