import { type CivilDate, inChinese } from '../../../kernel/time/civil-date.ts'
import type { RequestAction } from './request-reports.lifecycle.ts'

export interface SaidOfRequest {
  readonly kind: string
  readonly title: string
  readonly from: string
  readonly said: string | null
  readonly dueOn: CivilDate | null
}

/** What a step tells, and whom: those with whom it lies, or those who sent it. */
export interface RequestWord {
  readonly title: string
  readonly body: string
  readonly tells: 'above' | 'sender'
  readonly urgent: boolean
}

const above = (title: string, body: string, urgent = false): RequestWord => ({ title, body, tells: 'above', urgent })
const sender = (title: string, body: string, urgent = false): RequestWord => ({ title, body, tells: 'sender', urgent })
const by = (due: CivilDate | null, what: string) => (due === null ? '' : `请于${inChinese(due)}前${what}。`)

const words: Readonly<Partial<Record<RequestAction, (said: SaidOfRequest) => RequestWord>>> = {
  send: (said) => above(`${said.from}报来${said.kind}：${said.title}`, `请签收。${by(said.dueOn, '答复')}`),
  pass_up: (said) => above(`转报来的${said.kind}：${said.title}`, `由${said.from}报出。请签收。${by(said.dueOn, '答复')}`),
  withdraw: (said) => above(`撤回${said.kind}：${said.title}`, said.said ?? ''),
  follow_up: (said) => above(`续报：${said.title}`, `${said.from}报来后续情况，点开看。`),
  tell_delay: (said) => sender(`延期答复：${said.title}`, said.said ?? ''),
  return: (said) => sender(`退回：${said.title}`, `${said.said ?? ''} 请修改后再报。`, true),
  answer: (said) => sender(`已答复：${said.title}`, `点开看答复。${by(said.dueOn, '报告办理结果')}`),
  close: (said) => sender(`已办结：${said.title}`, said.said ?? ''),
}

/** The notice of a step; null for a step of which nobody need be told. */
export function wordOfRequest(verb: RequestAction, said: SaidOfRequest): RequestWord | null {
  return words[verb]?.(said) ?? null
}
