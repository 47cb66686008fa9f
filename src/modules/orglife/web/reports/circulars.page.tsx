import { useNavigate } from '@tanstack/react-router'
import type { z } from 'zod'
import { call } from '../../../../kernel/http/call.ts'
import { addMonths, inChinese } from '../../../../kernel/time/civil-date.ts'
import { useAddress } from '../../../../ui/address.ts'
import { Facts } from '../../../../ui/facts.tsx'
import { FieldForm, FormField } from '../../../../ui/field-form.tsx'
import { Go, GoButton } from '../../../../ui/go.tsx'
import { Page, Panel } from '../../../../ui/page.tsx'
import type { Column, Filter } from '../../../../ui/query-table-shape.ts'
import { actsFor, useAbility, useSession } from '../../../../ui/session.tsx'
import { RecordList } from '../../../../ui/record-list.tsx'
import { Loaded } from '../../../../ui/states.tsx'
import { StatusTag } from '../../../../ui/status-tag.tsx'
import { useCall, useSubmit } from '../../../../ui/use-call.ts'
import { useFields } from '../../../../ui/use-fields.ts'
import { OrganizationPicker, OrganizationsPicker } from '../../../directory/web/index.ts'
import * as contract from '../../circulars/circulars.contract.ts'
import { circularStates } from '../../circulars/circulars.lifecycle.ts'
import { listMeetings } from '../../meetings/meetings.contract.ts'
import { RecordTabs } from '../record-tabs.tsx'
import { Attachments, FileList } from './attachments.tsx'
import { Steps } from './steps.tsx'
import styles from './steps.module.css'

const chosen = (names: Readonly<Record<string, string>>) => Object.entries(names).map(([value, label]) => ({ value, label }))
const filters: readonly Filter[] = [
  { key: 'text', title: '标题', kind: 'text', width: 11 },
  { key: 'kind', title: '类别', kind: 'select', width: 9, options: chosen(contract.circularKinds) },
  { key: 'inForce', title: '有效', kind: 'select', width: 8, options: [{ value: 'yes', label: '只看有效的' }] },
]

/** Whether a notice holds, in words. */
function Standing({ row }: { row: contract.CircularLine }) {
  if (row.state !== 'issued') return <StatusTag tone="none">{circularStates[row.state]}</StatusTag>
  return <StatusTag tone={row.inForce ? 'done' : 'none'}>{row.inForce ? '有效' : '已过期'}</StatusTag>
}

const columns: readonly Column<contract.CircularLine>[] = [
  { key: 'title', title: '标题', fixed: true, wrap: true, cell: (row) => row.title },
  { key: 'kind', title: '类别', cell: (row) => contract.circularKinds[row.kind] },
  { key: 'organization', title: '发文组织', wrap: true, cell: (row) => row.organization.name },
  { key: 'issuedOn', title: '发出日期', cell: (row) => row.issuedOn },
  { key: 'validUntil', title: '有效期到', cell: (row) => row.validUntil },
  { key: 'state', title: '情况', cell: (row) => <Standing row={row} /> },
]

type Query = z.input<(typeof contract.listCirculars)['query']>

/** 通知: from above to below. No answer is asked for, and nobody is noted who opened it. */
export function CircularsPage() {
  const mayIssue = useAbility('orglife.circular.issue')
  return (
    <Page
      title="通知"
      crumbs={[{ label: '会议', to: '/meetings' }]}
      actions={
        mayIssue && (
          <GoButton to="/circulars/new" type="primary">
            发通知
          </GoButton>
        )
      }
    >
      <RecordTabs now="/circulars" />
      <RecordList<contract.CircularLine>
        name="circulars"
        caption="通知"
        columns={columns}
        filters={filters}
        idOf={(row) => row.id}
        read={(query, signal) => call(contract.listCirculars, { query: query as Query }, { signal })}
        empty={{ sentence: '还没有通知。上级发的通知列在这里和待办页，不用回复。' }}
        detailTitle="通知"
        detail={(id) => <Beside key={id} id={id} />}
      />
    </Page>
  )
}

function Beside({ id }: { id: string }) {
  const found = useCall(contract.showCircular, { params: { id } })
  return <Loaded query={found}>{(data) => <Shown found={data} />}</Loaded>
}

function Shown({ found }: { found: contract.CircularPage }) {
  const steps = found.abilities.includes('withdraw')
    ? [{ verb: 'withdraw', label: '撤回', endpoint: contract.withdrawCircular }]
    : []
  return (
    <div className={styles.stack}>
      <p className={styles.heading}>
        {found.title} <Standing row={found} />
      </p>
      {found.endReason && <p className={styles.notice}>{found.endReason}</p>}
      {found.supersededBy && (
        <p className={styles.notice}>
          以新通知为准：<Go to={`/circulars?open=${found.supersededBy.id}`}>{found.supersededBy.title}</Go>
        </p>
      )}
      {found.meeting && (
        <GoButton to={`/meetings/${found.meeting.id}`} type="primary">
          看会议、请假：{found.meeting.title}
        </GoButton>
      )}
      <Panel title="内容">
        <p className={styles.text}>{found.content}</p>
        <FileList files={found.files} />
        <Facts
          items={[
            { term: '发文组织', value: found.organization.name },
            { term: '发给', value: found.to.map(({ name }) => name).join('、') },
            { term: '发出日期', value: inChinese(found.issuedOn) },
            { term: '有效期到', value: inChinese(found.validUntil) },
            ...(found.supersedes
              ? [{ term: '代替', value: <Go to={`/circulars?open=${found.supersedes.id}`}>{found.supersedes.title}</Go> }]
              : []),
          ]}
        />
      </Panel>
      {found.abilities.includes('supersede') && <GoButton to={`/circulars/new?supersedes=${found.id}`}>发新通知代替它</GoButton>}
      <Steps id={found.id} steps={steps} />
    </div>
  )
}

/** A notice to those below. */
export function NewCircularPage() {
  const session = useSession()
  const own = actsFor(session)
  const [search] = useAddress()
  const navigate = useNavigate()
  const issuing = useSubmit(contract.issueCircular)
  const planned = useCall(listMeetings, { query: { state: 'planned', limit: 50 } })
  const form = useFields({
    name: 'circular',
    schema: contract.circularBody,
    initial: {
      kind: 'work',
      validUntil: addMonths(session.today, 1),
      ...(own && { organizationId: own.id, toIds: [own.id] }),
      ...(search.supersedes && { supersedesId: search.supersedes }),
      ...(search.meeting && { meetingId: search.meeting, kind: 'meeting' as const }),
    },
    draftKey: `circular:new:${search.supersedes ?? ''}:${search.meeting ?? ''}`,
  })
  const meetings = (planned.data?.items ?? []).map(({ id, title, heldOn }) => ({ value: id, label: `${heldOn} ${title}` }))
  return (
    <Page title="发通知" crumbs={[{ label: '通知', to: '/circulars' }]} narrow>
      <Panel>
        <FieldForm
          form={form}
          submitLabel="发出"
          note="不要求回复，也不记谁看过。"
          onSubmit={async (body) => {
            const { id } = await issuing.send({ body })
            void navigate({ href: `/circulars?open=${id}`, replace: true })
          }}
        >
          <Where />
          <FormField name="kind" options={chosen(contract.circularKinds)} />
          <FormField name="title" />
          <FormField name="content" control="area" />
          <FormField name="validUntil" />
          <FormField name="meetingId" control="select" options={meetings} />
          <Attachments
            organization={form.values['organizationId'] as string | undefined}
            ids={(form.values['fileIds'] as string[] | undefined) ?? []}
            onChange={(fileIds) => form.change({ fileIds })}
          />
        </FieldForm>
      </Panel>
    </Page>
  )
}

function Where() {
  return (
    <>
      <FormField
        name="organizationId"
        render={(control) => (
          <OrganizationPicker
            id={control.id}
            invalid={control.invalid}
            aria-describedby={control['aria-describedby']}
            value={typeof control.value === 'string' ? control.value : null}
            onChange={(id) => control.onChange(id)}
          />
        )}
      />
      <FormField
        name="toIds"
        render={(control) => (
          <OrganizationsPicker
            id={control.id}
            invalid={control.invalid}
            aria-describedby={control['aria-describedby']}
            value={Array.isArray(control.value) ? (control.value as string[]) : []}
            onChange={(ids) => control.onChange(ids)}
          />
        )}
      />
    </>
  )
}
