import { action, type Work } from '../../../kernel/actions/action.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { notify } from '../../../kernel/notices/registry.ts'
import { answerCorrection, askCorrection } from './corrections.contract.ts'
import { answerRequest, findRequest, insertRequest, ownEntry, type StoredRequest } from './corrections.store.ts'

export const askCorrectionAction = action({
  name: 'learning.correction.ask',
  input: askCorrection.body,
  touches: () => [],
  run: async (work, { about, text }) => {
    const { personNo } = work.actor
    if (personNo === null) throw new Problem('learning.not_a_person')
    const entry = await ownEntry(work.tx, personNo, about)
    if (!entry) throw new Problem('learning.study_record_not_found')
    const id = await insertRequest(work, entry, { personNo, text })
    await notify(work.tx, {
      to: {
        holders: [
          {
            organizationNo: entry.organizationNo,
            roles: ['committee_officer', 'full_time_deputy', 'committee_secretary', 'branch_secretary'],
          },
        ],
      },
      except: work.actor.accountNo,
      kind: 'learning.correction_asked',
      title: `有一份学时更正申请：${entry.title}`,
      body: '请核对出勤或学时，需要改的先更正，再答复。',
      link: '/study-records/corrections',
      at: work.now,
    })
    return { reply: { id }, objects: [{ kind: 'hours_correction', id }], fields: { about, text } }
  },
})

async function requestOf(work: Work, id: string): Promise<StoredRequest> {
  const held = await findRequest(work.tx, id)
  if (!held) throw new Problem('learning.correction_request_not_found')
  return held
}

export const answerCorrectionAction = action({
  name: 'learning.correction.answer',
  input: answerCorrection.body.extend(answerCorrection.params.shape),
  touches: async (work, { id }) => [(await requestOf(work, id)).organizationNo],
  run: async (work, { id, answer }) => {
    const held = await requestOf(work, id)
    if (held.state !== 'asked' || !(await answerRequest(work, held.no, answer)))
      throw new Problem('kernel.not_allowed_now', { detail: '这份申请已经答复，不能再答复。' })
    await notify(work.tx, {
      to: { personNos: [held.personNo] },
      kind: 'learning.correction_answered',
      title: '学时更正申请已答复',
      body: answer,
      link: '/hours',
      at: work.now,
    })
    return { reply: { id }, objects: [{ kind: 'hours_correction', id }], fields: { answer } }
  },
})
