import { inChinese } from '../../../../kernel/time/civil-date.ts'
import { useParam } from '../../../../ui/address.ts'
import { Facts } from '../../../../ui/facts.tsx'
import { Go } from '../../../../ui/go.tsx'
import { Page, Panel } from '../../../../ui/page.tsx'
import { Loaded } from '../../../../ui/states.tsx'
import { useCall } from '../../../../ui/use-call.ts'
import * as contract from '../../appeals/appeals.contract.ts'
import { appealStates, appealVerbs, type Measure, measures } from '../../appeals/appeals.lifecycle.ts'
import { type RecordAct, RecordActs } from '../records/record-acts.tsx'
import { RecordSteps } from '../records/record-steps.tsx'

const decision = [{ name: 'decision', control: 'area' }] as const
const acts: readonly RecordAct[] = [
  { verb: 'take', label: appealVerbs.take, endpoint: contract.takeAppeal, fields: [], done: '已受理，请复核后答复。' },
  {
    verb: 'uphold',
    label: appealVerbs.uphold,
    endpoint: contract.upholdAppeal,
    fields: decision,
    sentence: '原决定会撤销，由它引起的事项、约谈、黄牌一并重新计算，经过全部保留。',
    done: '申诉成立，原决定已撤销，当事各方会收到通知。',
  },
  { verb: 'reject', label: appealVerbs.reject, endpoint: contract.rejectAppeal, fields: decision, done: '已答复：维持原决定。' },
  { verb: 'withdraw', label: appealVerbs.withdraw, endpoint: contract.withdrawAppeal, fields: [], done: '申诉已撤回。' },
]

const places: Readonly<Record<Measure, string>> = { case_step: '/cases', yellow_card: '/yellow-cards', problem: '/problems' }

export function AppealPage() {
  const id = useParam('id')
  const found = useCall(contract.showAppeal, { params: { id } })
  return (
    <Page title={found.data ? `申诉：${found.data.measureTitle}` : '申诉'} crumbs={[{ label: '申诉', to: '/appeals' }]} narrow>
      <Loaded query={found}>
        {(data) => (
          <>
            <RecordActs id={id} name="appeal" acts={acts} abilities={data.abilities} notices={data.notices} />
            <Panel title="申诉">
              <Facts
                items={[
                  { term: '状态', value: appealStates[data.state] },
                  { term: '组织', value: data.organization.name },
                  {
                    term: '对什么申诉',
                    value: (
                      <Go
                        to={`${places[data.measure]}/${data.measureId}`}
                      >{`${measures[data.measure]}：${data.measureTitle}`}</Go>
                    ),
                    wide: true,
                  },
                  { term: '原决定', value: `${data.measureBy}，${inChinese(data.measureOn)}` },
                  { term: '复核人', value: data.handler },
                  { term: '答复期限', value: inChinese(data.decideBy) },
                  { term: '申诉理由', value: data.reasons, wide: true },
                  { term: '复核意见', value: data.decision, wide: true },
                ]}
              />
            </Panel>
            <RecordSteps steps={data.steps} />
          </>
        )}
      </Loaded>
    </Page>
  )
}
