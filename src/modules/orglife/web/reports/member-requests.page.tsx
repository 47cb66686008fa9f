import { useNavigate } from '@tanstack/react-router'
import { inChinese } from '../../../../kernel/time/civil-date.ts'
import { call } from '../../../../kernel/http/call.ts'
import { useAddress, useParam } from '../../../../ui/address.ts'
import { ChoiceChips } from '../../../../ui/choice-chips.tsx'
import { Facts } from '../../../../ui/facts.tsx'
import { FieldForm, FormField } from '../../../../ui/field-form.tsx'
import { Go, GoButton } from '../../../../ui/go.tsx'
import { Page, Panel } from '../../../../ui/page.tsx'
import { QueryTable } from '../../../../ui/query-table.tsx'
import type { Column } from '../../../../ui/query-table-shape.ts'
import { Loaded } from '../../../../ui/states.tsx'
import { StatusTag } from '../../../../ui/status-tag.tsx'
import { useCall, useSubmit } from '../../../../ui/use-call.ts'
import { useFields } from '../../../../ui/use-fields.ts'
import * as contract from '../../request-reports/member-requests.contract.ts'
import { RecordTabs } from '../record-tabs.tsx'
import { type Step, Steps } from './steps.tsx'
import styles from './steps.module.css'

const tones = { sent: 'pending', passed: 'pending', answered: 'done', withdrawn: 'none' } as const
const endpoints = {
  answer: contract.answerMemberRequest,
  pass_up: contract.passMemberRequest,
  tell_delay: contract.delayMemberRequest,
  withdraw: contract.withdrawMemberRequest,
} as const satisfies Record<contract.MemberAction, unknown>

function Clock({ row }: { row: contract.MemberRequest }) {
  if (row.dueOn === null) return '－'
  return (
    <>
      {row.dueOn} 前答复 {row.overdueDays > 0 && <StatusTag tone="short">超期 {row.overdueDays} 天</StatusTag>}
    </>
  )
}

const columns: readonly Column<contract.MemberRequest>[] = [
  {
    key: 'matter',
    title: '请示什么事',
    fixed: true,
    wrap: true,
    cell: (row) => <Go to={`/member-requests/${row.id}`}>{contract.matters[row.matter]}</Go>,
  },
  { key: 'asker', title: '谁请示的', cell: (row) => (row.mine ? '本人' : row.asker) },
  { key: 'at', title: '现在谁办', wrap: true, cell: (row) => row.at.name },
  {
    key: 'state',
    title: '状态',
    cell: (row) => <StatusTag tone={tones[row.state]}>{contract.memberStates[row.state]}</StatusTag>,
  },
  { key: 'clock', title: '期限', wrap: true, cell: (row) => <Clock row={row} /> },
  { key: 'sentOn', title: '请示日期', cell: (row) => row.sentOn },
]

/** 党员请示: what the reader asks her branch, and what was laid before her to answer. */
export function MemberRequestsPage() {
  const [search] = useAddress()
  const whose = search.whose === 'asked' ? 'asked' : undefined
  return (
    <Page
      title="党员请示"
      crumbs={[{ label: '会议', to: '/meetings' }]}
      actions={
        <GoButton to="/member-requests/new" type="primary">
          向支部请示
        </GoButton>
      }
    >
      <RecordTabs now="/member-requests" />
      <QueryTable<contract.MemberRequest>
        name="member-requests"
        caption="党员请示"
        columns={columns}
        rowKey={(row) => row.id}
        depends={[whose]}
        query={(_values, after, signal) =>
          call(contract.listMemberRequests, { query: { ...(after && { after }), ...(whose && { whose }) } }, { signal })
        }
        empty={{
          sentence: whose ? '没有要您答复的党员请示。' : '您还没有向支部请示过。有重要的事，点“向支部请示”，支部会答复您。',
        }}
      />
    </Page>
  )
}

/** Nothing of it is kept on the device: the words are between her and her branch. */
export function AskBranchPage() {
  const sending = useSubmit(contract.askBranch)
  const navigate = useNavigate()
  const form = useFields({ name: 'ask', schema: contract.askBranch.body, initial: {} })
  return (
    <Page title="向支部请示" crumbs={[{ label: '党员请示', to: '/member-requests' }]} narrow>
      <Panel>
        <p className={styles.notice}>只有支部书记和转报到的上级看得到；支部按期答复您。</p>
        <FieldForm
          form={form}
          submitLabel="报支部书记"
          onSubmit={async (body) => {
            const { id } = await sending.send({ body })
            await navigate({ href: `/member-requests/${id}` })
          }}
        >
          <FormField
            name="matter"
            render={() => (
              <ChoiceChips
                label="请示什么事"
                options={Object.entries(contract.matters).map(([value, label]) => ({ value, label }))}
                value={[form.values['matter'] ?? []].flat() as string[]}
                onChange={(chosen) => form.set('matter', chosen[0])}
              />
            )}
          />
          <FormField name="content" control="area" />
        </FieldForm>
      </Panel>
    </Page>
  )
}

/** One request on a page of its own: what notices lead to. */
export function MemberRequestDetailPage() {
  const id = useParam('id')
  const found = useCall(contract.showMemberRequest, { params: { id } })
  return (
    <Page title="党员请示" crumbs={[{ label: '党员请示', to: '/member-requests' }]} narrow>
      <Loaded query={found}>{(row) => <Shown row={row} />}</Loaded>
    </Page>
  )
}

const stepsOf = (row: contract.MemberRequest): Step[] =>
  row.abilities.map((verb) => ({
    verb,
    label: contract.memberActions[verb],
    endpoint: endpoints[verb],
    ...(verb === 'withdraw' && { fields: <p className={styles.notice}>撤回以后支部不再答复；还可以另提一件。</p> }),
  }))

function Shown({ row }: { row: contract.MemberRequest }) {
  const names: Readonly<Record<string, string>> = contract.memberActions
  return (
    <div className={styles.stack}>
      <p className={styles.heading}>
        {contract.matters[row.matter]} <StatusTag tone={tones[row.state]}>{contract.memberStates[row.state]}</StatusTag>{' '}
        {row.overdueDays > 0 && <StatusTag tone="short">超期 {row.overdueDays} 天</StatusTag>}
      </p>
      <Steps id={row.id} steps={stepsOf(row)} />
      <Panel title="请示的内容">
        <Facts
          items={[
            { term: '谁请示的', value: row.mine ? '本人' : row.asker },
            { term: '所在支部', value: row.branch.name },
            { term: '现在谁办', value: row.at.name },
            { term: '请示日期', value: inChinese(row.sentOn) },
            ...(row.dueOn === null ? [] : [{ term: '答复期限', value: inChinese(row.dueOn) }]),
            { term: '内容', value: row.content, wide: true },
          ]}
        />
      </Panel>
      {row.steps.length > 0 && (
        <Panel title="答复和办理">
          <Facts
            items={row.steps.map((step) => ({
              term: `${names[step.action] ?? step.action}（${step.organization}，${inChinese(step.on)}）`,
              value: step.said,
              wide: true,
            }))}
          />
        </Panel>
      )}
    </div>
  )
}
