import { addDays, inChinese } from '../../../../kernel/time/civil-date.ts'
import { useParam } from '../../../../ui/address.ts'
import { Facts } from '../../../../ui/facts.tsx'
import { Go, GoButton } from '../../../../ui/go.tsx'
import { Page, Panel } from '../../../../ui/page.tsx'
import { useAbility, useSession } from '../../../../ui/session.tsx'
import { Loaded } from '../../../../ui/states.tsx'
import { useCall } from '../../../../ui/use-call.ts'
import { dimensions } from '../../../rulebook/obligations/obligations.contract.ts'
import * as contract from '../../problems/problems.contract.ts'
import { problemStates, problemVerbs, sources } from '../../problems/problems.lifecycle.ts'
import { PaperLink } from '../papers/paper-link.tsx'
import { AppealLink } from '../appeals/appeal-link.tsx'
import { personOf } from '../records/pickers.tsx'
import { type RecordAct, RecordActs } from '../records/record-acts.tsx'
import { RecordSteps } from '../records/record-steps.tsx'
import { ProblemTag } from './problems.page.tsx'

const reason = { name: 'reason', control: 'area' } as const

function actsOn(found: contract.ProblemPage, today: string): RecordAct[] {
  const usual = addDays(today, 15)
  const alike = found.alike.map(({ id, title, raisedOn }) => ({ value: id, label: `${title}（${raisedOn}）` }))
  const act = (verb: keyof typeof problemVerbs, rest: Omit<RecordAct, 'verb' | 'label'>): RecordAct => ({
    verb,
    label: problemVerbs[verb],
    ...rest,
  })
  const due = { name: 'dueOn', earliest: today }
  return [
    act('accept', {
      endpoint: contract.acceptProblem,
      fields: [
        { name: 'ownerId', render: personOf(found.organization.id) },
        { name: 'remedies', control: 'area' },
        due,
        { ...reason, title: '为什么受理' },
      ],
      initial: { dueOn: usual },
      done: '已列入问题清单，责任人会收到通知。',
    }),
    act('reject', { endpoint: contract.rejectProblem, fields: [reason], done: '已记为不予受理，提问题的人可以申诉。' }),
    act('report', {
      endpoint: contract.reportProblem,
      fields: [{ name: 'rectification', control: 'area' }],
      done: '已报告。由责任人和报告人以外的人核验。',
    }),
    act('verify', {
      endpoint: contract.verifyProblem,
      fields: [{ name: 'verification', control: 'area' }, { name: 'onSite' }],
      done: found.anonymous ? '核验通过，已销号。' : '核验通过，等反映人确认。',
    }),
    act('return', { endpoint: contract.returnProblem, fields: [reason, due], done: '已退回继续整改。' }),
    act('urge', { endpoint: contract.urgeProblem, fields: [{ ...reason, title: '催什么' }], done: '已催办，责任人会收到通知。' }),
    act('put_off', {
      endpoint: contract.putOffProblem,
      fields: [due, { ...reason, title: '为什么延期' }],
      done: '已延期，理由留存。',
    }),
    act('open_case', {
      endpoint: contract.caseFromProblem,
      fields: [
        { name: 'ownerId', render: personOf(found.organization.id) },
        { name: 'remedies', control: 'area' },
        due,
        { ...reason, title: '为什么立项' },
      ],
      initial: { dueOn: found.dueOn !== null && found.dueOn > today ? found.dueOn : usual, remedies: found.remedies ?? '' },
      sentence: '立项后有编号、有责任人，可以约谈和出文书。问题本身照旧核验销号。',
      done: '已立项督办，责任人会收到通知。',
    }),
    act('confirm', { endpoint: contract.confirmProblem, fields: [], done: '您已确认解决，问题销号。' }),
    act('dispute', {
      endpoint: contract.disputeProblem,
      fields: [{ ...reason, title: '哪里没有解决' }],
      done: '已退回继续整改。',
    }),
    act('close', { endpoint: contract.closeProblem, fields: [reason], done: '已销号，理由留存。' }),
    act('reopen', { endpoint: contract.reopenProblem, fields: [reason, due], initial: { dueOn: usual }, done: '已重新整改。' }),
    ...(alike.length > 0
      ? [
          act('link', {
            endpoint: contract.linkProblem,
            fields: [{ name: 'earlierId', control: 'select', options: alike }],
            sentence: '这些以前的问题看起来相像。是一回事的，请选出来连上。',
            done: '已连上，两边都能看到。',
          }),
        ]
      : []),
  ]
}

/** One problem: what was found, who puts it right by when, whether it came up before, every step. */
export function ProblemPage() {
  const id = useParam('id')
  const { today } = useSession()
  const mayReceive = useAbility('supervision.clue.receive')
  const found = useCall(contract.showProblem, { params: { id } })
  return (
    <Page
      title={found.data?.title ?? '问题'}
      crumbs={[{ label: '问题清单', to: '/problems' }]}
      narrow
      actions={
        <>
          {mayReceive && found.data && (
            <GoButton to={`/clues/new?problem=${id}&organization=${found.data.organization.id}`}>受理为线索</GoButton>
          )}
          {['rectifying', 'closed'].includes(found.data?.state ?? '') && <PaperLink kind="problem" id={id} />}
        </>
      }
    >
      <Loaded query={found}>
        {(data) => (
          <>
            <RecordActs id={id} name="problem" acts={actsOn(data, today)} abilities={data.abilities} notices={data.notices} />
            <Panel title="问题" note={problemStates[data.state]}>
              <ProblemFacts found={data} />
              {data.state === 'rejected' && <AppealLink measure="problem" id={id} />}
            </Panel>
            <RecordSteps steps={data.steps} />
          </>
        )}
      </Loaded>
    </Page>
  )
}

function ProblemFacts({ found }: { found: contract.ProblemPage }) {
  const linked = [...(found.earlier ? [found.earlier] : []), ...found.later]
  return (
    <Facts
      items={[
        { term: '状态', value: <ProblemTag state={found.state} /> },
        { term: '组织', value: found.organization.name },
        { term: '来源', value: found.anonymous ? `${sources[found.source]}（匿名来信）` : sources[found.source] },
        ...(found.finding
          ? [
              {
                term: '检查发现',
                value: <Go to={`/inspections/${found.finding.inspectionId}`}>{found.finding.inspection}</Go>,
              },
            ]
          : []),
        { term: '方面', value: dimensions[found.dimension] },
        { term: '责任人', value: found.owner?.name },
        { term: '完成时限', value: found.dueOn && inChinese(found.dueOn) },
        { term: '具体情况', value: found.description, wide: true },
        { term: '整改措施', value: found.remedies, wide: true },
        { term: '整改结果', value: found.rectification, wide: true },
        { term: '核验情况', value: found.verification, wide: true },
        { term: '督办事项', value: found.caseId && <Go to={`/cases/${found.caseId}`}>已立项，去看</Go> },
        ...linked.map((one, at) => ({
          term: at === 0 ? '相连的问题' : `相连的问题之${at + 1}`,
          value: (
            <Go to={`/problems/${one.id}`}>
              {one.title}（{one.raisedOn}）
            </Go>
          ),
          wide: true,
        })),
      ]}
    />
  )
}
