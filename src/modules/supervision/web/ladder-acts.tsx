import { addDays } from '../../../kernel/time/civil-date.ts'
import { useAbility, useSession } from '../../../ui/session.tsx'
import { appealableSteps } from '../appeals/appeals.lifecycle.ts'
import type { CasePage } from '../cases/cases.contract.ts'
import * as contract from '../cases/ladder.contract.ts'
import { ladderVerbs } from '../cases/ladder.lifecycle.ts'
import { AppealLink } from './appeals/appeal-link.tsx'
import { personOf } from './records/pickers.tsx'
import { type RecordAct, RecordActs } from './records/record-acts.tsx'

const reason = { name: 'reason', control: 'area' } as const

function actsOn(found: CasePage, today: string): RecordAct[] {
  const under = found.unit?.id ?? found.organization.id
  const due = { name: 'dueOn', earliest: today }
  return [
    {
      verb: 'talk',
      label: ladderVerbs.talk,
      endpoint: contract.talkOnCase,
      fields: [
        { name: 'talkedToId', render: personOf(under) },
        { name: 'heldOn' },
        { name: 'said', control: 'area' },
        { name: 'demands', control: 'area' },
        due,
        { ...reason, title: '为什么约谈' },
      ],
      initial: { heldOn: today, dueOn: addDays(today, 7) },
      done: '约谈已记录，等对方确认。',
    },
    {
      verb: 'confirm_talk',
      label: ladderVerbs.confirm_talk,
      endpoint: contract.confirmTalk,
      fields: [{ name: 'remark', control: 'area' }],
      sentence: '确认记录写的是谈过的内容。有不同看法，请写在说明里，会一直留在记录上。',
      done: '约谈记录已确认。',
    },
    {
      verb: 'propose_card',
      label: ladderVerbs.propose_card,
      endpoint: contract.cardFromCase,
      fields: [reason],
      sentence: '只是建议：先听本组织陈述，再由工委决定。',
      done: '已建议黄牌，等本组织陈述。',
    },
    {
      verb: 'propose_accountability',
      label: ladderVerbs.propose_accountability,
      endpoint: contract.accountabilityFromCase,
      fields: [{ name: 'to' }, reason],
      sentence: '只是建议，交有权的组织按规定处理。',
      done: '问责建议已记录。',
    },
  ]
}

const ladder = new Set<string>(Object.keys(ladderVerbs))

/** The upper steps of the ladder on a case, and the way to appeal against the last step that weighs on the organization. */
export function LadderActs({ found }: { found: CasePage }) {
  const { today } = useSession()
  const answers = useAbility('supervision.appeal.answer')
  const last = found.steps.findLast((step) => (appealableSteps as readonly string[]).includes(step.action))
  return (
    <>
      <RecordActs
        id={found.id}
        name="ladder"
        title="上一级措施"
        acts={actsOn(found, today)}
        abilities={found.abilities.filter((verb) => ladder.has(verb))}
      />
      {answers && last && <AppealLink measure="case_step" id={found.id} revision={last.revision} />}
    </>
  )
}
