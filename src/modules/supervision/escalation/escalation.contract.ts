import { z } from 'zod'
import { endpoint } from '../../../kernel/http/endpoint.ts'
import { civilDate } from '../../../kernel/time/civil-date.ts'
import { reason } from '../records/records.contract.ts'

/** Lines whose reminders go up the chain of responsibility when nobody answers. */
export const escalatedLines = { case: '督办事项', task: '任务', problem: '问题', yellow_card: '黄牌' } as const
export type EscalatedLine = keyof typeof escalatedLines

const days = (title: string) =>
  z
    .number()
    .int()
    .min(1)
    .max(60)
    .nullable()
    .meta({ title: `${title}：几天没有回音就提醒上一级`, help: '不填不逐级提醒' })
const rules = {
  days: z.strictObject({
    case: days(escalatedLines.case),
    task: days(escalatedLines.task),
    problem: days(escalatedLines.problem),
    yellow_card: days(escalatedLines.yellow_card),
  }),
  evenInQuiet: z
    .boolean()
    .default(false)
    .meta({ title: '逐级提醒不受免打扰限制', help: '不勾，夜间和休息日的逐级提醒等到免打扰结束再发' }),
}

export const showEscalation = endpoint({
  method: 'GET',
  path: '/api/v1/escalation-rules',
  tag: '督办',
  summary: '逐级提醒的规则：提醒、催办后几天没有回音，提醒责任链上的下一位；没有设定就不逐级提醒',
  reply: z.object({ ...rules, setOn: civilDate.nullable(), reason: z.string().nullable() }),
})
export type EscalationRules = z.infer<typeof showEscalation.reply>
export const setEscalation = endpoint({
  method: 'PUT',
  path: '/api/v1/escalation-rules',
  tag: '督办',
  summary: '工委设定逐级提醒的天数',
  body: z.strictObject({ ...rules, reason }),
  reply: z.object({ setOn: civilDate }),
})
