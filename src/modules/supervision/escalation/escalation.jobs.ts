import type { Tx } from '../../../kernel/database/handles.ts'
import { notify } from '../../../kernel/notices/registry.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { type EscalatedLine, escalatedLines } from './escalation.contract.ts'
import { rulesNow, type Unanswered, unanswered, writeEscalation } from './escalation.store.ts'

const duties = ['', '直接责任人', '第一责任人'] as const
const links: Readonly<Record<EscalatedLine, string>> = {
  case: '/cases/',
  task: '/tasks/',
  problem: '/problems/',
  yellow_card: '/yellow-cards/',
}

interface Now {
  readonly today: CivilDate
  readonly at: Date
}

/**
 * Once a day: what was reminded of and has no answer for the set number of days goes to the next responsible person, with a step on
 * the item that everybody concerned sees. What waits on somebody above stays where it is; after first responsibility it ends.
 * Running it twice a day does nothing twice, because the step itself is the last one then. Answers how many went up.
 */
export async function escalateUnanswered(tx: Tx, now: Now): Promise<number> {
  const { days, evenInQuiet } = await rulesNow(tx)
  let raised = 0
  for (const line of Object.keys(escalatedLines) as EscalatedLine[]) {
    const limit = days[line]
    if (limit === null) continue
    for (const item of await unanswered(tx, line, { days: limit, today: now.today }))
      if (await raise(tx, line, { item, days: limit, evenInQuiet, now })) raised += 1
  }
  return raised
}

interface Raising {
  readonly item: Unanswered
  readonly days: number
  readonly evenInQuiet: boolean
  readonly now: Now
}

async function raise(tx: Tx, line: EscalatedLine, { item, days, evenInQuiet, now }: Raising): Promise<boolean> {
  const duty = duties[item.level] ?? ''
  const reason = `提醒、催办后满 ${days} 天没有回音，按责任链提醒到${duty}。`
  const said = { level: item.level, escalatedTo: duty }
  if (!(await writeEscalation(tx, line, { item, raised: { said, reason, ...now } }))) return false
  await notify(tx, {
    to: { personNos: item.persons },
    kind: `supervision.${line}_escalate`,
    title: `逐级提醒：${item.title}`,
    body: `${reason}您是${duty}，请督促办理。`,
    urgent: true,
    evenQuiet: evenInQuiet,
    link: `${links[line]}${item.id}`,
    at: now.at,
  })
  return true
}
