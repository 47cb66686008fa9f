import { Button, InputNumber } from 'antd'
import { useState } from 'react'
import type { z } from 'zod'
import { call } from '../../../kernel/http/call.ts'
import { useAddress } from '../../../ui/address.ts'
import { ConfirmReason } from '../../../ui/confirm-reason.tsx'
import { Go } from '../../../ui/go.tsx'
import { Page, Panel } from '../../../ui/page.tsx'
import { QueryTable } from '../../../ui/query-table.tsx'
import type { Column, Filter, FilterValues } from '../../../ui/query-table-shape.ts'
import { actsFor, useAbility, useSession } from '../../../ui/session.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import { useCall, useSubmit } from '../../../ui/use-call.ts'
import {
  fixThemeDay,
  listResolutions,
  reportResolution,
  type ResolutionLine,
  showThemeDay,
} from '../resolutions/resolutions.contract.ts'
import { RecordTabs } from './record-tabs.tsx'
import './meeting-form.css'

const filters: readonly Filter[] = [
  { key: 'text', title: '事项或会议', kind: 'text', width: 11 },
  {
    key: 'standing',
    title: '落实情况',
    kind: 'select',
    options: [
      { value: 'open', label: '还没办结' },
      { value: 'overdue', label: '已过时限' },
      { value: 'settled', label: '已办结' },
    ],
    width: 9,
  },
  { key: 'mine', title: '谁负责', kind: 'select', options: [{ value: 'yes', label: '我负责的' }], width: 9 },
]

function standing(row: ResolutionLine) {
  if (row.settled) return <StatusTag tone="done">已办结</StatusTag>
  return row.overdue ? <StatusTag tone="short">已过时限</StatusTag> : <StatusTag tone="none">正在办</StatusTag>
}

const columns = (onReport: (row: ResolutionLine) => void): Column<ResolutionLine>[] => [
  { key: 'content', title: '事项', fixed: true, wrap: true, cell: (row) => row.content },
  { key: 'meeting', title: '会议', wrap: true, cell: (row) => <Go to={`/meetings/${row.meeting.id}`}>{row.meeting.title}</Go> },
  { key: 'owner', title: '负责人', cell: (row) => row.owner?.name ?? '－' },
  { key: 'dueOn', title: '时限', cell: (row) => row.dueOn ?? '－' },
  {
    key: 'standing',
    title: '落实情况',
    wrap: true,
    cell: (row) => (
      <>
        {standing(row)} {row.note}
      </>
    ),
  },
  {
    key: 'act',
    title: '报情况',
    cell: (row) =>
      row.mayReport ? (
        <Button size="small" aria-label={`报落实情况：${row.content}`} onClick={() => onReport(row)}>
          报落实情况
        </Button>
      ) : (
        '－'
      ),
  },
]

/** What meetings resolved, who has it and until when, and what became of it; the branch's fixed theme day stands above. */
export function ResolutionsPage() {
  const [search] = useAddress()
  const [asked, setAsked] = useState<ResolutionLine | null>(null)
  const [round, setRound] = useState(0)
  const [settled, setSettled] = useState(true)
  const sending = useSubmit(reportResolution)
  const query = (values: FilterValues) => values as z.input<(typeof listResolutions)['query']>
  return (
    <Page title="议定事项" crumbs={[{ label: '会议', to: '/meetings' }]}>
      <RecordTabs now="/resolutions" />
      <ThemeDay />
      <QueryTable<ResolutionLine>
        name="resolutions"
        caption="议定事项"
        columns={columns(setAsked)}
        filters={filters}
        rowKey={(row) => row.id}
        depends={[round, search.mine]}
        query={(values, after, signal) =>
          call(listResolutions, { query: { ...query(values), ...(after && { after }) } }, { signal })
        }
        empty={{ sentence: '还没有议定事项。记会议时在“决议”里写下事项、负责人和时限，这里就能跟到底。' }}
      />
      {asked && (
        <ConfirmReason
          open
          title="报落实情况"
          sentence={asked.content}
          least={1}
          onConfirm={async (note) => {
            await sending.send({ params: { id: asked.meeting.id }, body: { content: asked.content, settled, note } })
            setRound(round + 1)
          }}
          onClose={() => setAsked(null)}
        >
          <label className="meeting-labelled">
            <input type="checkbox" checked={settled} onChange={(event) => setSettled(event.target.checked)} />
            <span>已经办结</span>
          </label>
        </ConfirmReason>
      )}
    </Page>
  )
}

function ThemeDay() {
  const session = useSession()
  const mayFix = useAbility('orglife.theme_day.fix')
  const own = session.organizations.find(({ kind }) => kind === 'branch' || kind === 'joint_branch') ?? actsFor(session)
  const shown = useCall(showThemeDay, own ? { query: { organization: own.id } } : null)
  const fixing = useSubmit(fixThemeDay)
  const [day, setDay] = useState<number | null>(null)
  if (!own || !shown.data) return null
  const fixed = shown.data.day
  return (
    <Panel title={`${shown.data.organization.name}主题党日`} note="每月相对固定一天，前后三天都算，只提示">
      <p style={{ marginTop: 0 }}>{fixed === null ? '还没有定每月哪一天。' : `每月 ${fixed} 日。`}</p>
      {mayFix && (
        <div className="meeting-pair">
          <span className="meeting-labelled">
            <span aria-hidden>改为每月</span>
            <InputNumber aria-label="每月几日" min={1} max={31} value={day} onChange={setDay} />
            <span aria-hidden>日</span>
          </span>
          <Button
            disabled={day === null}
            loading={fixing.pending}
            onClick={() =>
              void (async () => {
                if (day !== null) await fixing.send({ body: { organizationId: own.id, day } })
                await shown.refetch()
              })()
            }
          >
            定下来
          </Button>
        </div>
      )}
    </Panel>
  )
}
