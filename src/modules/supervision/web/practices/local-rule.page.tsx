import { addMonths, inChinese } from '../../../../kernel/time/civil-date.ts'
import { useParam } from '../../../../ui/address.ts'
import { Facts } from '../../../../ui/facts.tsx'
import { Go } from '../../../../ui/go.tsx'
import { Page, Panel } from '../../../../ui/page.tsx'
import { useSession } from '../../../../ui/session.tsx'
import { Loaded } from '../../../../ui/states.tsx'
import { useCall } from '../../../../ui/use-call.ts'
import * as contract from '../../local-rules/local-rules.contract.ts'
import {
  localRuleKinds,
  localRuleStates,
  localRuleVerbs,
  type OriginKind,
  originKinds,
} from '../../local-rules/local-rules.lifecycle.ts'
import { type ActField, type RecordAct, RecordActs } from '../records/record-acts.tsx'
import { RecordSteps } from '../records/record-steps.tsx'
import { oneFile } from './rule-file.tsx'

const reason = { name: 'reason', control: 'area' } as const
const kindOptions = Object.entries(localRuleKinds).map(([value, label]) => ({ value, label }))
const pages: Readonly<Record<OriginKind, string>> = {
  problem: 'problems',
  decision: 'decisions',
  case: 'cases',
  example: 'examples',
}
const outcomes = { kept: '继续有效', revised: '修订', repealed: '废止' } as const

function actsOn(found: contract.LocalRulePage, today: string): RecordAct[] {
  const act = (verb: keyof typeof localRuleVerbs, rest: Omit<RecordAct, 'verb' | 'label'>): RecordAct => ({
    verb,
    label: localRuleVerbs[verb],
    ...rest,
  })
  const later = addMonths(today, 24)
  const whole: ActField[] = [
    { name: 'title' },
    { name: 'number' },
    { name: 'inForceFrom' },
    { name: 'reviewOn', earliest: today },
    { name: 'gist', control: 'area' },
    { name: 'fileId', render: oneFile(found.organization.id, found.file) },
  ]
  const said = {
    title: found.title,
    number: found.number ?? '',
    gist: found.gist ?? '',
    ...(found.file && { fileId: found.file.id }),
  }
  return [
    act('review', {
      endpoint: contract.reviewLocalRule,
      fields: [
        { ...reason, title: '为什么继续有效' },
        { name: 'reviewOn', earliest: today },
      ],
      initial: { reviewOn: later },
      done: '已复核，下次到期之前再提醒。',
    }),
    act('revise', {
      endpoint: contract.reviseLocalRule,
      fields: [...whole, { ...reason, title: '为什么修订' }],
      initial: { ...said, inForceFrom: today, reviewOn: later },
      done: '已修订，原来的留在经过里。',
    }),
    act('repeal', { endpoint: contract.repealLocalRule, fields: [{ ...reason, title: '为什么废止' }], done: '已废止。' }),
    act('amend', {
      endpoint: contract.amendLocalRule,
      fields: [{ name: 'kind', options: kindOptions }, ...whole, { ...reason, title: '更正什么' }],
      initial: {
        ...said,
        revision: found.revision,
        kind: found.kind,
        inForceFrom: found.inForceFrom,
        reviewOn: found.reviewOn,
      },
      sentence: '只用来改登记时写错的。制度本身改了，请用“修订”。',
      done: '已更正，原来的留在经过里。',
    }),
  ]
}

/** One lasting rule: since when, to be looked at by when, what it came from, each review. */
export function LocalRulePageWhole() {
  const id = useParam('id')
  const { today } = useSession()
  const found = useCall(contract.showLocalRule, { params: { id } })
  return (
    <Page title={found.data?.title ?? '制度'} crumbs={[{ label: '制度', to: '/local-rules' }]} narrow>
      <Loaded query={found}>
        {(data) => (
          <>
            <RecordActs
              key={data.revision}
              id={id}
              name="local-rule"
              acts={actsOn(data, today)}
              abilities={data.abilities}
              notices={data.notices}
            />
            <Panel title="制度" note={localRuleStates[data.state]}>
              <RuleFacts found={data} />
            </Panel>
            {data.steps.length > 0 && <RecordSteps steps={data.steps} />}
          </>
        )}
      </Loaded>
    </Page>
  )
}

function RuleFacts({ found }: { found: contract.LocalRulePage }) {
  const { origin, file } = found
  return (
    <Facts
      items={[
        { term: '类别', value: localRuleKinds[found.kind] },
        { term: '文号', value: found.number },
        { term: '制定单位', value: found.organization.name },
        { term: '施行日期', value: inChinese(found.inForceFrom) },
        { term: '复核日期', value: inChinese(found.reviewOn) },
        { term: '废止日期', value: found.repealedOn && inChinese(found.repealedOn) },
        { term: '主要内容', value: found.gist, wide: true },
        {
          term: '由什么而来',
          value: origin && (
            <>
              {originKinds[origin.kind]}：
              {origin.title === null ? '不在您的管理范围内' : <Go to={`/${pages[origin.kind]}/${origin.id}`}>{origin.title}</Go>}
            </>
          ),
          wide: true,
        },
        { term: '文件', value: file && <a href={`/api/v1/files/${file.id}`}>{file.name}</a> },
        ...found.reviews.map((review, at) => ({
          term: at === 0 ? '历次复核' : `之${at + 1}`,
          value: `${inChinese(review.doneOn)}${outcomes[review.outcome]}（应于${inChinese(review.dueOn)}前）`,
          wide: true,
        })),
      ]}
    />
  )
}
