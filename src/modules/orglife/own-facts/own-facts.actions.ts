import { action, type Work } from '../../../kernel/actions/action.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { notify } from '../../../kernel/notices/registry.ts'
import { answerFactCorrection, askFactCorrection, outcomes } from './own-facts.contract.ts'
import { answerStored, findCorrection, insertCorrection, isPending, keeperOf, type StoredCorrection } from './own-facts.store.ts'

export const askFactCorrectionAction = action({
  name: 'orglife.fact.ask_correction',
  input: askFactCorrection.body,
  touches: () => [],
  run: async (work, { kind, id, text }) => {
    const { personNo } = work.actor
    if (personNo === null) throw new Problem('orglife.not_a_person')
    const keeper = await keeperOf(work.tx, personNo, { kind, id })
    if (!keeper) throw new Problem('orglife.fact_not_found')
    if (await isPending(work.tx, personNo, id)) throw new Problem('orglife.correction_pending')
    const asked = await insertCorrection(work, { personNo, organizationNo: keeper.organizationNo, kind, recordId: id, text })
    await notify(work.tx, {
      to: {
        holders: [
          {
            organizationNo: keeper.organizationNo,
            roles: ['branch_secretary', 'group_leader', 'full_time_deputy', 'committee_officer'],
          },
        ],
      },
      except: work.actor.accountNo,
      kind: 'orglife.fact_correction_asked',
      title: `有一份记录更正申请：${keeper.title}`,
      body: '请核对记录，需要改的先更正，再答复本人。',
      link: '/my-facts?tab=corrections',
      at: work.now,
    })
    return { reply: { id: asked }, objects: [{ kind: 'fact_correction', id: asked }], fields: { kind, id, text } }
  },
})

async function correctionOf(work: Work, id: string): Promise<StoredCorrection> {
  const held = await findCorrection(work.tx, id)
  if (!held) throw new Problem('orglife.correction_not_found')
  return held
}

export const answerFactCorrectionAction = action({
  name: 'orglife.fact.answer',
  input: answerFactCorrection.params.extend(answerFactCorrection.body.shape),
  touches: async (work, { id }) => [(await correctionOf(work, id)).organizationNo],
  run: async (work, { id, outcome, answer }) => {
    const held = await correctionOf(work, id)
    if (held.personNo === work.actor.personNo) throw new Problem('orglife.own_correction')
    if (held.state !== 'asked' || !(await answerStored(work, held.no, { outcome, answer })))
      throw new Problem('kernel.not_allowed_now', { detail: '这份申请已经答复，不能再答复。' })
    await notify(work.tx, {
      to: { personNos: [held.personNo] },
      kind: 'orglife.fact_correction_answered',
      title: `更正申请已答复：${outcomes[outcome]}`,
      body: answer,
      link: '/my-facts',
      at: work.now,
    })
    return { reply: { id }, objects: [{ kind: 'fact_correction', id }], fields: { outcome, answer } }
  },
})
