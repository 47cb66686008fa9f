import { addDays, inChinese } from '../../../../kernel/time/civil-date.ts'
import { useParam } from '../../../../ui/address.ts'
import { Facts } from '../../../../ui/facts.tsx'
import { Go } from '../../../../ui/go.tsx'
import { Page, Panel } from '../../../../ui/page.tsx'
import { useSession } from '../../../../ui/session.tsx'
import { Loaded } from '../../../../ui/states.tsx'
import { useCall } from '../../../../ui/use-call.ts'
import * as contract from '../../clues/clues.contract.ts'
import { clueSources, clueVerbs } from '../../clues/clues.lifecycle.ts'
import { persons } from '../records/pickers.tsx'
import { type RecordAct, RecordActs } from '../records/record-acts.tsx'
import { RecordSteps } from '../records/record-steps.tsx'
import { ClueTag } from './clues.page.tsx'

const reason = { name: 'reason', control: 'area' } as const

function actsOn(today: string): RecordAct[] {
  const act = (verb: keyof typeof clueVerbs, rest: Omit<RecordAct, 'verb' | 'label'>): RecordAct => ({
    verb,
    label: clueVerbs[verb],
    ...rest,
  })
  const due = { name: 'dueOn', earliest: today }
  const initial = { dueOn: addDays(today, 30) }
  return [
    act('assess', {
      endpoint: contract.assessClue,
      fields: [{ name: 'opinion', control: 'area' }],
      done: '已评估，请决定怎样处置。',
    }),
    act('verify', {
      endpoint: contract.verifyClue,
      fields: [{ name: 'plan', control: 'area' }, due],
      initial,
      done: '已进入核实。',
    }),
    act('extend', { endpoint: contract.extendClue, fields: [due, reason], initial, done: '已延长，理由留存。' }),
    act('transfer', { endpoint: contract.transferClue, fields: [{ name: 'to' }, reason], done: '已记为移送，收到结果后办结。' }),
    act('file', { endpoint: contract.fileClue, fields: [reason], done: '已存查，理由留存。' }),
    act('conclude', { endpoint: contract.concludeClue, fields: [{ name: 'outcome', control: 'area' }], done: '线索已办结。' }),
    act('reopen', { endpoint: contract.reopenClue, fields: [reason], done: '已退回评估。' }),
    act('name', {
      endpoint: contract.nameInClue,
      fields: [{ name: 'namedIds', render: persons() }, { name: 'above' }, reason],
      initial: { namedIds: [], above: false },
      sentence: '补上的人从现在起看不到这条线索。是单位负责人的，线索随即送上级，您也不再看到。列上以后不能去掉。',
      done: '已补充。',
    }),
  ]
}

/** One clue, opened for whoever handles it; to everybody else it is not there. */
export function CluePage() {
  const id = useParam('id')
  const { today } = useSession()
  const found = useCall(contract.showClue, { params: { id } })
  return (
    <Page
      title={found.data?.title ?? '线索'}
      crumbs={[
        { label: '督办', to: '/cases' },
        { label: '线索', to: '/clues' },
      ]}
      narrow
    >
      <Loaded query={found}>
        {(data) => (
          <>
            <RecordActs id={id} name="clue" acts={actsOn(today)} abilities={data.abilities} confidential />
            <Panel title="线索" note="请勿转发、截图">
              <ClueFacts found={data} />
            </Panel>
            <RecordSteps steps={data.steps} />
          </>
        )}
      </Loaded>
    </Page>
  )
}

function originOf({ finding, problem }: contract.CluePage) {
  if (finding) return <Go to={`/inspections/${finding.inspectionId}`}>检查发现</Go>
  return problem && <Go to={`/problems/${problem.id}`}>问题清单里的问题</Go>
}

function ClueFacts({ found }: { found: contract.CluePage }) {
  const { keyProject } = found
  return (
    <Facts
      items={[
        { term: '状态', value: <ClueTag state={found.state} /> },
        { term: '来源', value: clueSources[found.source] },
        { term: '涉及组织', value: found.organization.name },
        { term: '办理', value: `${found.handledBy.name}纪检` },
        { term: '受理日期', value: inChinese(found.receivedOn) },
        { term: '期限', value: found.dueOn && `${inChinese(found.dueOn)}${found.overdue ? '（已超期）' : ''}` },
        { term: '被反映人', value: found.persons.map(({ name }) => name).join('、') || '没有列出' },
        { term: '反映人', value: found.informant },
        { term: '出处', value: originOf(found) },
        { term: '重点项目', value: keyProject && <Go to={`/key-projects/${keyProject.id}`}>{keyProject.name}</Go> },
        { term: '具体情况', value: found.matter, wide: true },
        { term: '办理结果', value: found.outcome, wide: true },
      ]}
    />
  )
}
