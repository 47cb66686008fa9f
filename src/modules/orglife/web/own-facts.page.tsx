import { Button, Radio } from 'antd'
import { useState } from 'react'
import type { z } from 'zod'
import { call } from '../../../kernel/http/call.ts'
import { useAddress } from '../../../ui/address.ts'
import { ConfirmReason } from '../../../ui/confirm-reason.tsx'
import { Go } from '../../../ui/go.tsx'
import { Page } from '../../../ui/page.tsx'
import { QueryTable } from '../../../ui/query-table.tsx'
import type { Column } from '../../../ui/query-table-shape.ts'
import { StatusTag } from '../../../ui/status-tag.tsx'
import { useSubmit } from '../../../ui/use-call.ts'
import {
  answerFactCorrection,
  askFactCorrection,
  type FactCorrection,
  listFactCorrections,
  listOwnFacts,
  outcomes,
  type OwnFact,
} from '../own-facts/own-facts.contract.ts'
import { OwnBirthday } from './birthdays-part.tsx'
import './questions.css'

const tabs = { facts: '写到我的记录', corrections: '更正申请' } as const

/** What records of organisation life say of the reader, and what she asked to have corrected; for keepers what they have to answer. */
export function OwnFactsPage() {
  const [search, change] = useAddress()
  const now = search.tab === 'corrections' ? 'corrections' : 'facts'
  return (
    <Page title="我的记录" note="只有事实，没有分数和高低；哪里不对，请支部核对">
      <nav className="question-tabs question-lead" aria-label="我的记录的两个页面">
        {Object.entries(tabs).map(([tab, label]) => (
          <span key={tab} {...(tab === now && { 'aria-current': 'page' as const })}>
            {tab === now ? (
              label
            ) : (
              <Button type="link" style={{ padding: 0 }} onClick={() => change({ tab })}>
                {label}
              </Button>
            )}
          </span>
        ))}
      </nav>
      {now === 'facts' ? <Facts /> : <Corrections />}
      {now === 'facts' && <OwnBirthday />}
    </Page>
  )
}

function asked({ question }: OwnFact) {
  if (!question) return null
  if (question.state === 'asked') return <StatusTag tone="none">已请支部核对</StatusTag>
  return (
    <>
      <StatusTag tone="done">{question.outcome ? outcomes[question.outcome] : '已答复'}</StatusTag> {question.answer}
    </>
  )
}

function Facts() {
  const [about, setAbout] = useState<OwnFact | null>(null)
  const [round, setRound] = useState(0)
  const sending = useSubmit(askFactCorrection)
  const columns: readonly Column<OwnFact>[] = [
    { key: 'title', title: '记录', fixed: true, wrap: true, cell: (row) => <Go to={row.link}>{row.title}</Go> },
    { key: 'noun', title: '种类', cell: (row) => row.noun },
    { key: 'heldOn', title: '日期', cell: (row) => row.heldOn },
    { key: 'says', title: '写的是', wrap: true, cell: (row) => row.says },
    { key: 'organization', title: '谁记的', wrap: true, cell: (row) => row.organization.name },
    {
      key: 'question',
      title: '核对',
      wrap: true,
      cell: (row) =>
        row.question?.state === 'asked' ? (
          asked(row)
        ) : (
          <>
            {asked(row)}{' '}
            <Button size="small" aria-label={`哪里不对：${row.title}`} onClick={() => setAbout(row)}>
              哪里不对
            </Button>
          </>
        ),
    },
  ]
  return (
    <>
      <QueryTable<OwnFact>
        name="own-facts"
        caption="写到我的记录"
        columns={columns}
        rowKey={(row) => `${row.kind} ${row.id}`}
        depends={[round]}
        query={(_values, after, signal) => call(listOwnFacts, { query: after ? { after } : {} }, { signal })}
        empty={{ sentence: '还没有写到您的记录。参加过的会议和活动由支部记录，记好后在这里看得到。' }}
      />
      {about && (
        <ConfirmReason
          open
          title="请支部核对"
          sentence={`${about.title}：写的是“${about.says}”。支部核对后会答复您，并说明理由。`}
          reasonLabel="哪里不对"
          least={2}
          onConfirm={async (text) => {
            await sending.send({ body: { kind: about.kind, id: about.id, text } })
            setRound(round + 1)
          }}
          onClose={() => setAbout(null)}
        />
      )}
    </>
  )
}

function Corrections() {
  const [open, setOpen] = useState<FactCorrection | null>(null)
  const [outcome, setOutcome] = useState<keyof typeof outcomes>('corrected')
  const [round, setRound] = useState(0)
  const sending = useSubmit(answerFactCorrection)
  const columns: readonly Column<FactCorrection>[] = [
    { key: 'person', title: '谁提的', fixed: true, cell: (row) => row.person.name },
    { key: 'title', title: '记录', wrap: true, cell: (row) => <Go to={row.link}>{row.title}</Go> },
    { key: 'text', title: '哪里不对', wrap: true, cell: (row) => row.text },
    { key: 'askedOn', title: '日期', cell: (row) => row.askedOn },
    {
      key: 'answer',
      title: '答复',
      wrap: true,
      cell: (row) => (row.outcome ? `${outcomes[row.outcome]}：${row.answer ?? ''}` : row.mayAnswer ? act(row) : '还没有答复'),
    },
  ]
  function act(row: FactCorrection) {
    return (
      <Button size="small" aria-label={`答复${row.person.name}`} onClick={() => setOpen(row)}>
        答复
      </Button>
    )
  }
  return (
    <>
      <QueryTable<FactCorrection>
        name="fact-corrections"
        caption="更正申请"
        columns={columns}
        filters={[
          {
            key: 'state',
            title: '答复',
            kind: 'select',
            options: [
              { value: 'asked', label: '还没有答复' },
              { value: 'answered', label: '已经答复' },
            ],
            width: 9,
          },
        ]}
        rowKey={(row) => row.id}
        depends={[round]}
        query={(values, after, signal) => {
          const query = values as z.input<(typeof listFactCorrections)['query']>
          return call(listFactCorrections, { query: { ...query, ...(after && { after }) } }, { signal })
        }}
        empty={{ sentence: '没有更正申请。' }}
      />
      {open && (
        <ConfirmReason
          open
          title="答复更正申请"
          sentence={`${open.person.name}：${open.text}。要改的请先更正记录，再答复。`}
          reasonLabel="答复的理由"
          least={2}
          onConfirm={async (answer) => {
            await sending.send({ params: { id: open.id }, body: { outcome, answer } })
            setRound(round + 1)
          }}
          onClose={() => setOpen(null)}
        >
          <Radio.Group
            aria-label="结果"
            value={outcome}
            onChange={(event) => setOutcome(event.target.value as keyof typeof outcomes)}
            options={Object.entries(outcomes).map(([value, label]) => ({ value, label }))}
          />
        </ConfirmReason>
      )}
    </>
  )
}
