import { z } from 'zod'
import { action, type Work } from '../../../kernel/actions/action.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { notify } from '../../../kernel/notices/registry.ts'
import { inChinese } from '../../../kernel/time/civil-date.ts'
import { organizationById } from '../../directory/index.ts'
import { judgeAnswer } from './answer-values.rules.ts'
import { answerRequest, editRequest, endRequest, type RequestBody, requestBody } from './data-requests.contract.ts'
import './data-requests.policy.ts'
import {
  changeRequest,
  fixRecipients,
  insertRequest,
  keepAnswer,
  type KeptField,
  nextState,
  requestBehind,
  type StandingRequest,
} from './data-requests.store.ts'
import { isAsked } from './data-requests.queries.ts'
import { recipientsOf, weigh } from './weighing.queries.ts'

const withId = { id: z.string() }
const done = (found: { id: string }, fields: Record<string, unknown>) => ({
  reply: { id: found.id },
  objects: [{ kind: 'data_request', id: found.id }],
  fields,
})

/** A date before today can't be met any more; a year is the longest that anything may be asked for. */
function requireDates(work: Work, { firstDue, lastDay }: Pick<RequestBody, 'firstDue' | 'lastDay'>): void {
  const wrong = (field: string, message: string) => new Problem('kernel.invalid_input', { errors: [{ field, message }] })
  if (firstDue < work.today) throw wrong('firstDue', '第一次截止日期已经过去，请改到今天或以后。')
  if (lastDay < firstDue) throw wrong('lastDay', '终止日期不能早于第一次截止日期。')
  if (Date.parse(lastDay) - Date.parse(firstDue) > 366 * 86_400_000)
    throw wrong('lastDay', '一件填报最长一年，请把终止日期提前。')
}

function requireChoices({ fields }: Pick<RequestBody, 'fields'>): void {
  const errors = fields.flatMap((field, at) =>
    field.kind === 'choice' && (field.choices?.length ?? 0) < 2
      ? [{ field: `fields.${at}.choices`, message: `“${field.title}”请至少给两个可选的值。` }]
      : [],
  )
  if (errors.length > 0) throw new Problem('kernel.invalid_input', { errors })
}

const issuerOf = async (work: Work, { id }: { id: string }) => [(await requestBehind(work.tx, id)).issuerNo]

export const draftRequestAction = action({
  name: 'rulebook.data_request.issue',
  input: requestBody,
  touches: async (work, { issuerId }) => [(await organizationById(work.tx, issuerId)).no],
  run: async (work, { issuerId, ...body }) => {
    requireDates(work, body)
    requireChoices(body)
    const id = await insertRequest(work, (await organizationById(work.tx, issuerId)).no, body)
    return done({ id }, { title: body.title, fields: body.fields.length })
  },
})

export const editRequestAction = action({
  name: 'rulebook.data_request.issue',
  input: editRequest.body.extend(withId),
  touches: issuerOf,
  run: async (work, { id, revision, issuerId, ...body }) => {
    const found = await requestBehind(work.tx, id)
    const state = nextState(found, 'edit')
    if (revision !== found.revision) throw new Problem('rulebook.data_request_changed')
    if (issuerId !== found.issuerId) {
      const message = '由哪里要求不能改，请作废后另行起草。'
      throw new Problem('kernel.invalid_input', { errors: [{ field: 'issuerId', message }] })
    }
    requireDates(work, body)
    requireChoices(body)
    await changeRequest(work, found, { body, state })
    return done(found, { title: body.title })
  },
})

async function tellRecipients(work: Work, found: StandingRequest, recipients: readonly number[]): Promise<void> {
  const roles = ['branch_secretary', 'committee_secretary', 'full_time_deputy', 'general_branch_secretary', 'unit_leader']
  await notify(work.tx, {
    to: { holders: recipients.map((organizationNo) => ({ roles, organizationNo })) },
    except: work.actor.accountNo,
    kind: 'rulebook.data_request_published',
    title: `要求填报：${found.body.title}`,
    body: `第一次截止${inChinese(found.body.firstDue)}，${inChinese(found.body.lastDay)}自动停止。用途：${found.body.purpose}`,
    link: `/data-requests/${found.id}`,
    at: work.now,
  })
}

export const publishRequestAction = action({
  name: 'rulebook.data_request.issue',
  input: z.strictObject(withId),
  touches: issuerOf,
  run: async (work, { id }) => {
    const found = await requestBehind(work.tx, id)
    const state = nextState(found, 'publish')
    requireDates(work, found.body)
    const weighed = await weigh(work.tx, {
      body: found.body,
      issuerNo: found.issuerNo,
      requestNo: found.no,
      rootNo: found.issuerNo,
    })
    if (weighed.problems.length > 0) {
      throw new Problem('rulebook.data_request_refused', {
        errors: weighed.problems.map(({ field, sentence }) => ({ field: field ?? '', message: sentence })),
      })
    }
    const recipients = await recipientsOf(work.tx, found.issuerNo, found.body.recipientKinds)
    await fixRecipients(work.tx, found.no, { recipients, rounds: weighed.dueOn })
    await changeRequest(work, found, { state, published: true })
    await tellRecipients(work, found, recipients)
    return done(found, { recipients: recipients.length, rounds: weighed.dueOn.length, hours: weighed.cost.hours })
  },
})

export const discardRequestAction = action({
  name: 'rulebook.data_request.issue',
  input: z.strictObject(withId),
  touches: issuerOf,
  run: async (work, { id }) => {
    const found = await requestBehind(work.tx, id)
    await changeRequest(work, found, { state: nextState(found, 'discard') })
    return done(found, {})
  },
})

export const endRequestAction = action({
  name: 'rulebook.data_request.issue',
  input: endRequest.body.extend(withId),
  touches: issuerOf,
  run: async (work, { id, reason }) => {
    const found = await requestBehind(work.tx, id)
    await changeRequest(work, found, { state: nextState(found, 'end'), ended: { on: work.today, reason } })
    return done(found, { reason })
  },
})

export const answerRequestAction = action({
  name: 'rulebook.data_request.answer',
  input: answerRequest.body.extend(withId),
  touches: async (work, { organizationId }) => [(await organizationById(work.tx, organizationId)).no],
  run: async (work, { id, organizationId, dueOn, values, minutes }) => {
    const found = await requestBehind(work.tx, id)
    nextState(found, 'answer')
    const organizationNo = (await organizationById(work.tx, organizationId)).no
    if (!(await isAsked(work.tx, { requestNo: found.no, organizationNo, dueOn })))
      throw new Problem('rulebook.data_request_not_asked')
    const errors = judgeAnswer(found.body.fields as unknown as KeptField[], values)
    if (errors.length > 0) throw new Problem('kernel.invalid_input', { errors })
    const answer = await keepAnswer(work, { requestNo: found.no, organizationNo, dueOn, values, minutes: minutes ?? null })
    return {
      reply: { id: found.id },
      objects: [
        { kind: 'data_request', id: found.id },
        { kind: 'data_answer', id: answer },
      ],
      fields: { dueOn, organization: organizationId, keys: Object.keys(values) },
    }
  },
})
