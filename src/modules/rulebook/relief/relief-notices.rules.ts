import { inChinese } from '../../../kernel/time/civil-date.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { type ReliefAction, type ReliefKind, reliefKinds } from './relief.lifecycle.ts'

/** What the words of a step are made of. */
export interface SaidOfRelief {
  readonly kind: ReliefKind
  readonly title: string
  readonly until: CivilDate | null
}

/** What is told of a step: to those above when it is asked, to the asker and the subject's keepers when it is decided. */
export function reliefWords(step: 'ask' | ReliefAction, { kind, title, until }: SaidOfRelief): { title: string; body: string } {
  const word = reliefKinds[kind]
  const by = until === null ? '' : `到${inChinese(until)}`
  if (step === 'ask') return { title: `${word}申请待决定：${title}`, body: by ? `申请延${by}。` : '申请在等上级期间停表。' }
  if (step === 'refuse') return { title: `未同意${word}：${title}`, body: '原来的到期日不变，理由见申请。' }
  if (step === 'end') return { title: `停表结束：${title}`, body: '上级已答复，天数从今天起继续计。' }
  return {
    title: `已同意${word}：${title}`,
    body: by ? `延${by}，到那天为止召开和记录的都算按时。` : '等待上级的天数不计，答复后继续计。',
  }
}
