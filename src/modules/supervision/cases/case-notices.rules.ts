import { type CivilDate, inChinese } from '../../../kernel/time/civil-date.ts'

/** What a step tells, and whom: the owner, those who answer for the organization, whoever opened the case, whoever reported. */
export interface CaseWord {
  readonly kind: string
  readonly title: string
  readonly body: string
  readonly tells: readonly ('owner' | 'answerers' | 'opener' | 'reporter')[]
  readonly urgent: boolean
}

/** What the words of a step are made of. */
export interface SaidOfCase {
  readonly title: string
  readonly number: string | null
  readonly dueOn: CivilDate | null
  readonly reason: string | null
}

const by = (dueOn: CivilDate | null) => (dueOn === null ? '' : `请于${inChinese(dueOn)}前办理。`)

const words: Readonly<Record<string, (said: SaidOfCase) => Omit<CaseWord, 'kind' | 'urgent'> & { urgent?: boolean }>> = {
  remind: (said) => ({ title: `提醒：${said.title}`, body: by(said.dueOn), tells: ['answerers'] }),
  open: (said) => ({
    title: `督办：${said.title}`,
    body: `${said.number ?? ''} ${by(said.dueOn)}`,
    tells: ['owner', 'answerers'],
    urgent: true,
  }),
  supervise: (said) => ({
    title: `督办：${said.title}`,
    body: `${said.number ?? ''} ${by(said.dueOn)}`,
    tells: ['owner', 'answerers'],
    urgent: true,
  }),
  report: (said) => ({
    title: `待核验：${said.title}`,
    body: '已报告办理结果，请安排责任人和报告人以外的人核验。',
    tells: ['opener'],
  }),
  verify: (said) => ({ title: `已销号：${said.title}`, body: '核验通过，事项办结。', tells: ['owner', 'reporter', 'opener'] }),
  return: (said) => ({
    title: `退回：${said.title}`,
    body: `${said.reason ?? ''} ${by(said.dueOn)}`,
    tells: ['owner', 'reporter', 'answerers'],
    urgent: true,
  }),
  pause: (said) => ({ title: `在等上级：${said.title}`, body: said.reason ?? '', tells: ['opener'] }),
  resume: (said) => ({
    title: `已续表：${said.title}`,
    body: `等待结束，时限继续计算。${by(said.dueOn)}`,
    tells: ['owner', 'answerers'],
  }),
  urge: (said) => ({
    title: `催办：${said.title}`,
    body: `${said.reason ?? ''} ${by(said.dueOn)}`,
    tells: ['owner', 'answerers'],
    urgent: true,
  }),
  put_off: (said) => ({
    title: `延期：${said.title}`,
    body: `${said.reason ?? ''} ${by(said.dueOn)}`,
    tells: ['owner', 'answerers'],
  }),
  reopen: (said) => ({ title: `重新立项：${said.title}`, body: by(said.dueOn), tells: ['owner', 'answerers'], urgent: true }),
}

/** The notice of a step; null for a step that concerns nobody else. */
export function wordOf(action: string, said: SaidOfCase): CaseWord | null {
  const word = words[action]?.(said)
  return word ? { ...word, kind: `supervision.case_${action}`, body: word.body.trim(), urgent: word.urgent ?? false } : null
}
