import { z } from 'zod'
import { problems } from '../../../kernel/errors/problem.ts'
import { endpoint, listOf, pageQuery } from '../../../kernel/http/endpoint.ts'
import { civilDate } from '../../../kernel/time/civil-date.ts'
import { periodName } from '../../../kernel/time/period.ts'
import {
  reliefActions,
  type ReliefAction,
  type ReliefKind,
  reliefKinds,
  type ReliefState,
  reliefStates,
} from './relief.lifecycle.ts'

const kind = z.enum(Object.keys(reliefKinds) as [ReliefKind, ...ReliefKind[]]).meta({ title: '种类' })
const state = z.enum(Object.keys(reliefStates) as [ReliefState, ...ReliefState[]]).meta({ title: '状态' })
const named = z.object({ id: z.string(), name: z.string() })

export const relief = z.object({
  id: z.string(),
  kind,
  state,
  requirement: z.string(),
  title: z.string(),
  subject: named.extend({ kind: z.enum(['organization', 'person']) }),
  organization: named,
  period: z.string(),
  /** Why the day is to move, or what is waited for. */
  reason: z.string(),
  until: civilDate.nullable(),
  stoppedFrom: civilDate.nullable(),
  endedOn: civilDate.nullable(),
  answer: z.string().nullable(),
  askedOn: civilDate,
  decidedOn: civilDate.nullable(),
  decisionReason: z.string().nullable(),
  abilities: z.array(z.enum(Object.keys(reliefActions) as [ReliefAction, ...ReliefAction[]])),
})
export type Relief = z.infer<typeof relief>

export const listReliefs = endpoint({
  method: 'GET',
  path: '/api/v1/reliefs',
  tag: '要求与指标',
  summary: '延期和停表：申请、决定和结果',
  query: pageQuery.extend({
    under: z.string().max(60).optional().meta({ title: '组织及其下级' }),
    subject: z.string().max(60).optional().meta({ title: '主体' }),
    requirement: z.string().max(40).optional().meta({ title: '要求' }),
    period: periodName.optional(),
    kind: kind.optional(),
    state: state.optional(),
    mine: z.enum(['to_decide']).optional().meta({ title: '由谁办' }),
  }),
  reply: listOf(relief),
})

const id = z.strictObject({ id: z.string().max(60) })
export const showRelief = endpoint({
  method: 'GET',
  path: '/api/v1/reliefs/:id',
  tag: '要求与指标',
  summary: '一项延期或停表',
  params: id,
  reply: relief,
})

const reason = (least: string) => z.string().trim().min(4, { error: least }).max(300)
const duty = {
  requirement: z.string().max(40).meta({ title: '要求' }),
  subject: z.string().max(60).meta({ title: '主体' }),
  period: periodName,
}

export const askExtension = endpoint({
  method: 'POST',
  path: '/api/v1/extensions',
  tag: '要求与指标',
  summary: '申请延期：到期之前提出，写明理由和延到哪天，由上级决定',
  body: z.strictObject({
    ...duty,
    until: civilDate.meta({ title: '延到哪天' }),
    reason: reason('请写明为什么要延期。').meta({ title: '理由' }),
  }),
  reply: z.object({ id: z.string() }),
  status: 201,
})

export const askClockStop = endpoint({
  method: 'POST',
  path: '/api/v1/clock-stops',
  tag: '要求与指标',
  summary: '申请停表：写明在等上级的什么，由上级确认；等待的天数不计',
  body: z.strictObject({
    ...duty,
    waitingFor: reason('请写明在等上级的什么。').meta({ title: '在等什么' }),
  }),
  reply: z.object({ id: z.string() }),
  status: 201,
})

const step = (action: string, summary: string) => ({
  method: 'POST' as const,
  path: `/api/v1/reliefs/:id/${action}`,
  tag: '要求与指标',
  summary,
  params: id,
  reply: z.object({ id: z.string() }),
})
const decision = reason('请写明理由。').meta({ title: '理由' })

export const grantRelief = endpoint({
  ...step('grant', '同意延期或确认停表；同意的日期可与申请的不同'),
  body: z.strictObject({
    until: civilDate.optional().meta({ title: '同意延到哪天', help: '不填即按申请的日期。' }),
    reason: decision,
  }),
})
export const refuseRelief = endpoint({
  ...step('refuse', '不同意延期或停表，写明理由'),
  body: z.strictObject({ reason: decision }),
})
export const withdrawRelief = endpoint({ ...step('withdraw', '撤回还没有决定的申请'), body: z.strictObject({}) })
export const endClockStop = endpoint({
  ...step('end', '上级已答复，结束停表，天数从答复之日起继续计'),
  body: z.strictObject({ answer: reason('请写明答复了什么。').meta({ title: '答复' }) }),
})

problems({
  'rulebook.relief_not_found': { status: 404, title: '没有找到这项申请，或不在您的管理范围内。' },
  'rulebook.relief_needs_superior': { status: 422, title: '延期和停表由上级组织决定，这里没有上级组织。' },
  'rulebook.relief_asked_late': { status: 422, title: '已过到期日，不能再申请。请如实补记或报未开展，并写明理由。' },
  'rulebook.relief_not_needed': { status: 422, title: '这项要求现在不是待办，不用申请。' },
  'rulebook.relief_open': { status: 409, title: '这一项已有申请在等决定，或者正在停表，不用再提。' },
  'rulebook.relief_state': { status: 409, title: '这项申请的情况已经变了，请看最新情况再办。' },
  'rulebook.relief_own': { status: 403, title: '申请人不能决定自己的申请，请由上级其他人办理。' },
})
