import { z } from 'zod'
import { type Action, action, allowsAll, type Work } from '../../../kernel/actions/action.ts'
import { reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { addDays, type CivilDate } from '../../../kernel/time/civil-date.ts'
import { organizationById } from '../../directory/index.ts'
import { factsChanged } from '../../rulebook/index.ts'
import { filledChecklist } from './figures.queries.ts'
import * as contract from './political-checks.contract.ts'
import { type CheckAction, checkLifecycle, checkRefusal, type CheckState } from './political-checks.lifecycle.ts'
import './political-checks.policy.ts'
import * as store from './political-checks.store.ts'

const checkingKinds = ['working_committee', 'party_committee', 'general_branch']
const longest = 366

async function checkOf(work: Work, id: string): Promise<store.StoredCheck> {
  const found = await store.findCheck(work.tx, id)
  if (!found) throw new Problem('orglife.political_check_not_found')
  return found
}

const wrongDay = (field: string, message: string) => new Problem('orglife.political_check_days', { errors: [{ field, message }] })

function refuseDays({ from, to }: { from: CivilDate; to: CivilDate }, today: CivilDate): void {
  if (to > today) throw wrongDay('to', '不能晚于今天。')
  if (from > to) throw wrongDay('from', '不能晚于截止的那天。')
  if (addDays(from, longest) < to) throw wrongDay('from', '一次考察最多看一年，请改近一些。')
}

/** Who checks stands above who is checked, by today's tree. */
async function isBelow(work: Work, organizationNo: number, aboveNo: number): Promise<boolean> {
  const row = await reading<'directory'>(work.tx)
    .selectFrom('directory.organization_ancestry')
    .select('organization_no')
    .where('organization_no', '=', organizationNo)
    .where('ancestor_no', '=', aboveNo)
    .where('depth', '>', 0)
    .where((where) => where.fn<boolean>('upper_inf', ['valid']))
    .executeTakeFirst()
  return row !== undefined
}

export const startCheckAction = action({
  name: 'orglife.political_check.start',
  input: contract.startCheck.body,
  touches: async (work, { organizationId, byId }) => [
    (await organizationById(work.tx, organizationId)).no,
    (await organizationById(work.tx, byId)).no,
  ],
  run: async (work, { organizationId, byId, from, to }) => {
    const [organization, by] = [await organizationById(work.tx, organizationId), await organizationById(work.tx, byId)]
    const unfit = (field: string, message: string) =>
      new Problem('orglife.political_check_unfit', { errors: [{ field, message }] })
    if (!checkingKinds.includes(by.kind)) throw unfit('byId', '请选工委、机关党委或总支。')
    if (!(await isBelow(work, organization.no, by.no))) throw unfit('organizationId', `请选${by.name}下面的组织。`)
    refuseDays({ from, to }, work.today)
    const span = { organizationNo: organization.no, organizationId, from, to, today: work.today }
    const questions = await filledChecklist(work.tx, span)
    const id = await store.insertCheck(work, { organizationNo: organization.no, byNo: by.no, from, to, questions })
    return { reply: { id }, objects: [{ kind: 'political_check', id }], fields: { from, to } }
  },
})

interface StepTaken {
  readonly said: string
  readonly set?: store.CheckSet
  /** The figure of who checked changes with it. */
  readonly counts?: CivilDate
}
interface Moved {
  readonly id: string
  readonly state: CheckState
  readonly revision: number
}

/** A step: whether it is possible now is asked before anything is done. Checking takes a permission over both, answering over one's own. */
function checkStep<Input extends z.ZodType<{ id: string }>>(
  verb: CheckAction,
  input: Input,
  step: (work: Work, check: store.StoredCheck, input: z.output<Input>) => Promise<StepTaken> | StepTaken,
): Action<Input, Moved> {
  return action({
    name: `orglife.political_check.${verb}`,
    input,
    touches: async (work, { id }) => {
      const { organizationNo, byNo } = await checkOf(work, id)
      return verb === 'answer' ? [organizationNo] : [organizationNo, byNo]
    },
    run: async (work, asked) => {
      const check = await checkOf(work, asked.id)
      const state = checkLifecycle[check.state][verb]
      if (!state) throw new Problem('orglife.political_check_not_allowed_now', { detail: checkRefusal(check.state, verb) })
      const { said, set = {}, counts } = await step(work, check, asked)
      if (!(await store.changeCheck(work, check, { action: verb, said, state, set })))
        throw new Problem('kernel.changed_meanwhile')
      if (counts)
        await factsChanged(work, {
          organizations: [check.byNo],
          dates: [counts],
          of: ['orglife.political_checks'],
        })
      const reply = { id: check.id, state, revision: check.revision + 1 }
      return { reply, objects: [{ kind: 'political_check', id: check.id }], fields: { said } }
    },
  })
}

const withId = z.object({ id: z.string() })

export const fillCheckAction = checkStep('fill', withId, async (work, check) => {
  await store.refill(work, check.no, await filledChecklist(work.tx, { ...check, today: work.today }))
  return { said: '按当天的记录重新取数', set: { filled_on: work.today } }
})

export const findInCheckAction = checkStep(
  'find',
  withId.extend(contract.findInCheck.body.shape),
  async (work, check, { code, verdict, finding }) => {
    if (!(await store.writeFinding(work, check.no, { code, verdict, finding })))
      throw new Problem('orglife.political_check_question', { errors: [{ field: 'code', message: '请从清单中选问题。' }] })
    const asked = (await store.questionsOf(work.tx, check.no)).find((question) => question.code === code)
    return { said: `写了情况：${asked?.question.split('：')[0] ?? code}` }
  },
)

export const concludeCheckAction = checkStep(
  'conclude',
  withId.extend(contract.concludeCheck.body.shape),
  async (work, check, { conclusion }) => {
    const open = (await store.questionsOf(work.tx, check.no)).filter(({ verdict }) => verdict === null)
    if (open.length > 0)
      throw new Problem('orglife.political_check_incomplete', {
        detail: `还有 ${open.length} 个问题没有写情况：${open.map(({ question }) => question.split('：')[0]).join('、')}。写完再作结论。`,
      })
    return { said: '作出结论并反馈', set: { conclusion, concluded_on: work.today }, counts: work.today }
  },
)

export const answerCheckAction = checkStep(
  'answer',
  withId.extend(contract.answerCheck.body.shape),
  async (work, check, { answer }) => {
    if (await allowsAll(work.tx, work.actor, { permission: 'orglife.political_check.answer', organizations: [check.byNo] }))
      throw new Problem('orglife.political_check_answered_by_checked')
    return { said: '被考察的组织回复', set: { answer, answered_on: work.today } }
  },
)

export const withdrawCheckAction = checkStep(
  'withdraw',
  withId.extend(contract.withdrawCheck.body.shape),
  (_work, { concludedOn }, { reason }) => ({
    said: `撤回：${reason}`,
    set: { withdraw_reason: reason },
    ...(concludedOn !== null && { counts: concludedOn }),
  }),
)
