import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { call } from '../../../../kernel/http/call.ts'
import { Page } from '../../../../ui/page.tsx'
import type { Column, Filter } from '../../../../ui/query-table-shape.ts'
import { QueryTable } from '../../../../ui/query-table.tsx'
import { StatusTag } from '../../../../ui/status-tag.tsx'
import { type DraftLine, draftOrigins, draftStates, listDrafts } from '../../drafts/drafts.contract.ts'
import { RulesTabs } from '../rules-tabs.tsx'
import { optionsOf } from './choices.rules.ts'
import { draftAddress } from './draft-steps.tsx'
import { ImportPanel } from './import-panel.tsx'
import { StartPanel } from './start-panel.tsx'
import './drafts.css'
import '../rules.css'

const moment = new Intl.DateTimeFormat('zh-CN', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Asia/Shanghai' })
const tones = { open: 'pending', published: 'done', discarded: 'none' } as const

const columns: readonly Column<DraftLine>[] = [
  { key: 'title', title: '文件', cell: (draft) => `《${draft.title || '没有名称'}》${draft.code}`, fixed: true, wrap: true },
  { key: 'state', title: '状态', cell: (draft) => <StatusTag tone={tones[draft.state]}>{draftStates[draft.state]}</StatusTag> },
  { key: 'origin', title: '来由', cell: (draft) => draftOrigins[draft.origin] },
  { key: 'mistakes', title: '要改正', align: 'right', cell: (draft) => (draft.mistakes === 0 ? '没有' : `${draft.mistakes} 处`) },
  { key: 'size', title: '条款 / 要求', align: 'right', cell: (draft) => `${draft.clauses} / ${draft.requirements}` },
  {
    key: 'behind',
    title: '与现行',
    cell: (draft) => (draft.behind ? '现行已有新版' : draft.rulebook ? '照现行起草' : '新文件'),
    phone: 'none',
  },
  { key: 'changed', title: '最后修改', cell: (draft) => `${moment.format(new Date(draft.changedAt))} ${draft.changedBy ?? ''}` },
]
const filters: readonly Filter[] = [{ key: 'state', title: '状态', kind: 'select', width: 8, options: optionsOf(draftStates) }]

type Opened = 'start' | 'import' | null

/** What is being written, and the three ways to begin: new, from a document that stands, from a file. */
export function DraftsPage() {
  const navigate = useNavigate()
  const [opened, setOpened] = useState<Opened>(null)
  const toggle = (which: Opened) => setOpened(opened === which ? null : which)
  const go = (id: string) => void navigate({ href: draftAddress(id) })
  return (
    <Page
      title="起草和发布"
      bar={<RulesTabs now="drafts" />}
      actions={
        <>
          <Button type="primary" aria-expanded={opened === 'start'} onClick={() => toggle('start')}>
            新拟或修订
          </Button>
          <Button aria-expanded={opened === 'import'} onClick={() => toggle('import')}>
            从文件导入
          </Button>
        </>
      }
    >
      {opened === 'start' && <StartPanel onStarted={go} />}
      {opened === 'import' && <ImportPanel onImported={go} />}
      <QueryTable
        name="rule-drafts"
        caption="制度草稿"
        columns={columns}
        filters={filters}
        rowKey={(draft) => draft.id}
        query={(values, _after, signal) =>
          call(listDrafts, { query: { ...(values.state && { state: values.state as never }) } }, { signal })
        }
        onOpen={(draft) => go(draft.id)}
        empty={{ sentence: '还没有草稿。新拟一份，或由现行文件修订，或从文件导入。' }}
      />
    </Page>
  )
}
