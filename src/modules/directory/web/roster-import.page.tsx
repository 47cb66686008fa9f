import { useCallback, useState } from 'react'
import { call } from '../../../kernel/http/call.ts'
import { useAddress } from '../../../ui/address.ts'
import { Page, Panel } from '../../../ui/page.tsx'
import { QueryTable } from '../../../ui/query-table.tsx'
import type { Column } from '../../../ui/query-table-shape.ts'
import { useAbility } from '../../../ui/session.tsx'
import { StatusTag, type Tone } from '../../../ui/status-tag.tsx'
import { listRosterImports, rosterStates } from '../roster/roster.contract.ts'
import { RosterImportPanel } from './roster-import-panel.tsx'
import { RosterUpload } from './roster-upload.tsx'

type State = keyof typeof rosterStates
type Line = Awaited<ReturnType<typeof readImports>>['items'][number]

const readImports = (after: string | null, signal: AbortSignal) =>
  call(listRosterImports, { query: { limit: 50, ...(after && { after }) } }, { signal })

const tones: Readonly<Record<State, Tone>> = {
  checking: 'pending',
  refused: 'short',
  checked: 'late',
  importing: 'pending',
  imported: 'done',
  undone: 'none',
  failed: 'short',
}
const moment = new Intl.DateTimeFormat('zh-CN', { dateStyle: 'short', timeStyle: 'short', timeZone: 'Asia/Shanghai' })

const columns: readonly Column<Line>[] = [
  { key: 'file', title: '文件', cell: (row) => row.fileName, fixed: true, wrap: true, width: 18 },
  {
    key: 'state',
    title: '状态',
    cell: (row) => <StatusTag tone={tones[row.state]}>{rosterStates[row.state]}</StatusTag>,
    width: 11,
  },
  { key: 'organization', title: '导入到', cell: (row) => row.organization.name, wrap: true, width: 14 },
  { key: 'rows', title: '行数', cell: (row) => row.rowsRead, align: 'right', width: 5 },
  { key: 'mistakes', title: '错误', cell: (row) => row.mistakesTotal, align: 'right', width: 5 },
  { key: 'at', title: '上传', cell: (row) => moment.format(new Date(row.createdAt)), width: 11 },
]

/** The roster from a workbook: upload, check by row and column, import all or nothing, undo. */
export function RosterImportPage() {
  const [address, change] = useAddress()
  const mayUpload = useAbility('directory.roster.upload')
  const [rounds, setRounds] = useState(0)
  const again = useCallback(() => setRounds((before) => before + 1), [])
  return (
    <Page title="从表格导入名册" crumbs={[{ label: '人员', to: '/persons' }]}>
      {mayUpload && (
        <RosterUpload
          onSent={(id) => {
            change({ id })
            again()
          }}
        />
      )}
      {address.id && <RosterImportPanel key={address.id} id={address.id} onChanged={again} />}
      <Panel title="以前的导入">
        <QueryTable
          name="roster-imports"
          caption="以前的导入"
          columns={columns}
          rowKey={(row) => row.id}
          query={(_, after, signal) => readImports(after, signal)}
          depends={[rounds]}
          onOpen={(row) => change({ id: row.id })}
          selected={address.id ?? null}
          empty={{ sentence: '还没有导入过。先下载模板，填好后上传。' }}
        />
      </Panel>
    </Page>
  )
}
