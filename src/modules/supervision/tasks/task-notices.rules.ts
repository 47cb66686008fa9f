import { type CivilDate, inChinese } from '../../../kernel/time/civil-date.ts'
import type { TaskAction } from './tasks.lifecycle.ts'

export interface SaidOfTask {
  readonly title: string
  readonly dueOn: CivilDate
  readonly askedDueOn: CivilDate | null
  readonly reason: string | null
}

/** What a step tells, and whom: those who have the task, or those who gave it. */
export interface TaskWord {
  readonly title: string
  readonly body: string
  readonly tells: 'takers' | 'givers'
  readonly urgent: boolean
}

const by = (said: SaidOfTask) => `请于${inChinese(said.dueOn)}前办到。`
const below = (title: string, body: string, urgent = false): TaskWord => ({ title, body: body.trim(), tells: 'takers', urgent })
const above = (title: string, body: string): TaskWord => ({ title, body: body.trim(), tells: 'givers', urgent: false })

const words: Readonly<Partial<Record<TaskAction, (said: SaidOfTask) => TaskWord>>> = {
  report: (said) => above(`待核验：${said.title}`, '已报告办理结果，请安排责任人和报告人以外的人核验。'),
  verify: (said) => below(`已办结：${said.title}`, '核验通过，任务办结。'),
  return: (said) => below(`退回：${said.title}`, `${said.reason ?? ''} ${by(said)}`, true),
  ask_extension: (said) =>
    above(`申请延期：${said.title}`, `${said.reason ?? ''} ${said.askedDueOn ? `申请延到${inChinese(said.askedDueOn)}。` : ''}`),
  grant_extension: (said) => below(`同意延期：${said.title}`, `${said.reason ?? ''} ${by(said)}`),
  refuse_extension: (said) => below(`不同意延期：${said.title}`, `${said.reason ?? ''} ${by(said)}`, true),
  pause: (said) => above(`在等上级：${said.title}`, said.reason ?? ''),
  change: (said) => below(`任务有调整：${said.title}`, `${said.reason ?? ''} ${by(said)}`, true),
  urge: (said) => below(`催办：${said.title}`, `${said.reason ?? ''} ${by(said)}`, true),
  cancel: (said) => below(`任务撤销：${said.title}`, said.reason ?? ''),
  reopen: (said) => below(`重新办理：${said.title}`, `${said.reason ?? ''} ${by(said)}`, true),
}

/** The notice of a step; null for a step that concerns nobody else. */
export function wordOfTask(verb: TaskAction, said: SaidOfTask): TaskWord | null {
  return words[verb]?.(said) ?? null
}
