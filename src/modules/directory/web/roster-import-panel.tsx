import { App, Button } from 'antd'
import { useEffect, useState } from 'react'
import { Dialog } from '../../../ui/dialog.tsx'
import { Figure, Panel, PanelRow } from '../../../ui/page.tsx'
import { Progress } from '../../../ui/progress.tsx'
import { useAbility } from '../../../ui/session.tsx'
import { Loaded, sentenceOf } from '../../../ui/states.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import { useSubmit } from '../../../ui/use-call.ts'
import { applyRoster, type RosterImportPage, type RosterSummary, rosterStates, undoRoster } from '../roster/roster.contract.ts'
import { underWay, useRosterImport } from './roster-import.client.ts'
import './organizations.css'
import './roster-import.css'

/** One import from its check to its undoing. */
export function RosterImportPanel(props: { id: string; onChanged: () => void }) {
  const [importing, setImporting] = useState(false)
  const read = useRosterImport(props.id, importing)
  const { onChanged } = props
  const state = read.data?.state
  // The list of earlier imports was read while the server was still at work on this one.
  useEffect(() => {
    if (state && !underWay({ state })) onChanged()
  }, [state, onChanged])
  const done = () => {
    setImporting(false)
    void read.refetch()
    onChanged()
  }
  return (
    <Loaded query={read}>
      {(one) => <Content one={one} importing={importing} onStarted={() => setImporting(true)} onDone={done} />}
    </Loaded>
  )
}

interface ContentProps {
  readonly one: RosterImportPage
  /** Asked for here and not yet answered. */
  readonly importing: boolean
  readonly onStarted: () => void
  readonly onDone: () => void
}

function readingOf(one: RosterImportPage, importing: boolean): string | null {
  if (importing || one.state === 'importing') return '正在导入名册'
  return one.state === 'checking' ? '正在核对名册' : null
}

function Content({ one, importing, onStarted, onDone }: ContentProps) {
  const reading = readingOf(one, importing)
  const into = `导入到“${one.organization.name}”`
  const read = underWay(one) || refusedWhole(one) !== null ? '' : `，读到 ${one.rowsRead} 行`
  return (
    <Panel title={one.fileName} note={into + read}>
      <div className="org-main" aria-live="polite">
        {!importing && <Verdict one={one} />}
        {reading && <Progress label={reading} done={Math.round(one.progress * 100)} total={100} note={leaving} />}
        {one.summary && !underWay(one) && <Summary summary={one.summary} imported={one.state === 'imported'} />}
        {one.state === 'checked' && <Apply one={one} onDone={onDone} onStarted={onStarted} />}
        {one.state === 'imported' && <Undo one={one} onDone={onDone} />}
        <Findings one={one} />
      </div>
    </Panel>
  )
}

/** Why the file as a whole was refused, such as one that is no workbook; null when its rows were read. */
function refusedWhole(one: RosterImportPage): string | null {
  const [first, ...others] = one.mistakes
  return first && first.row === 0 && others.length === 0 ? first.message : null
}

function Findings({ one }: { one: RosterImportPage }) {
  if (refusedWhole(one) !== null) return null
  return (
    <>
      {one.mistakes.length > 0 && <Mistakes caption="要改的地方" items={one.mistakes} total={one.mistakesTotal} />}
      {one.summary && one.summary.warnings.length > 0 && (
        <Mistakes caption="请留意（不妨碍导入）" items={one.summary.warnings} total={one.summary.warningsTotal} />
      )}
    </>
  )
}

const leaving = '可以离开本页，进度和结果都在下面“以前的导入”里。'
const moment = new Intl.DateTimeFormat('zh-CN', { dateStyle: 'long', timeStyle: 'short', timeZone: 'Asia/Shanghai' })

function verdictOf(one: RosterImportPage): string | null {
  switch (one.state) {
    case 'refused':
      return `有 ${one.mistakesTotal} 处错误，一行也没有导入。请照下面逐处改正后重新上传。`
    case 'checked':
      return '核对通过。确认后导入：要么全部成功，要么一行不留。'
    case 'imported':
      return `已于 ${one.importedAt ? moment.format(new Date(one.importedAt)) : '刚才'} 导入。`
    case 'undone':
      return `已于 ${one.undoneAt ? moment.format(new Date(one.undoneAt)) : '刚才'} 撤销：新增的已移出名册，更改的已恢复原状。`
    case 'failed':
      return '中途出错，没有导入任何一行。请重新上传；再不行，请告诉系统管理员。'
    case 'checking':
    case 'importing':
      return null
  }
}

function Verdict({ one }: { one: RosterImportPage }) {
  const sentence = refusedWhole(one) ?? verdictOf(one)
  if (!sentence) return null
  const bad = one.state === 'refused' || one.state === 'failed'
  return (
    <p className={bad ? 'roster-fault' : 'dir-sentence'}>
      <StatusTag tone={bad ? 'short' : one.state === 'undone' ? 'none' : 'done'}>{rosterStates[one.state]}</StatusTag> {sentence}
    </p>
  )
}

function Summary({ summary, imported }: { summary: RosterSummary; imported: boolean }) {
  return (
    <>
      <PanelRow>
        <Figure title={imported ? '已新增' : '将新增'} value={summary.create} words="人" />
        <Figure title={imported ? '已更改' : '将更改'} value={summary.change} words="人" />
        <Figure title="没有变化" value={summary.unchanged} words="人" />
      </PanelRow>
      {(summary.guessed.length > 0 || summary.ignored.length > 0) && (
        <ul className="dir-lines" aria-label="表头的读法">
          {summary.guessed.map((one) => (
            <li key={one.found}>
              <span>表头“{one.found}”</span>
              <span className="dir-soft">当作“{one.title}”读取</span>
            </li>
          ))}
          {summary.ignored.map((heading) => (
            <li key={heading}>
              <span>表头“{heading}”</span>
              <span className="dir-soft">不是名册的列，没有读取</span>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

function Apply(props: { one: RosterImportPage; onDone: () => void; onStarted: () => void }) {
  const may = useAbility('directory.roster.apply')
  const { message } = App.useApp()
  const { submit, pending, error } = useSubmit(applyRoster)
  if (!may) return null
  const apply = async () => {
    props.onStarted()
    const done = await submit({ params: { id: props.one.id }, body: {} })
    if (done) void message.success(`已导入：新增 ${done.created} 人，更改 ${done.changed} 人。`)
    props.onDone()
  }
  return (
    <div className="dir-acts">
      <Button type="primary" loading={pending} onClick={() => void apply()}>
        确认导入
      </Button>
      {error !== null && (
        <p className="roster-fault" role="alert">
          {sentenceOf(error)}
        </p>
      )}
    </div>
  )
}

function Undo(props: { one: RosterImportPage; onDone: () => void }) {
  const may = useAbility('directory.roster.undo')
  const [asked, setAsked] = useState(false)
  const { submit, pending, error, reset } = useSubmit(undoRoster)
  if (!may) return null
  const undo = async () => {
    if (!(await submit({ params: { id: props.one.id }, body: {} }))) return
    setAsked(false)
    props.onDone()
  }
  return (
    <div className="dir-acts">
      <Button
        onClick={() => {
          reset()
          setAsked(true)
        }}
      >
        撤销这次导入
      </Button>
      <Dialog
        open={asked}
        title="撤销这次导入"
        onClose={() => setAsked(false)}
        actions={
          <Button type="primary" loading={pending} onClick={() => void undo()}>
            撤销导入
          </Button>
        }
      >
        <p>新增的人移出名册，更改的内容恢复原状。导入之后已参加组织生活、任职或被更正的，不能整份撤销，请逐人更正。</p>
        {error !== null && (
          <p className="roster-fault" role="alert">
            {sentenceOf(error)}
          </p>
        )}
      </Dialog>
    </div>
  )
}

type Mistake = RosterImportPage['mistakes'][number]

function Mistakes(props: { caption: string; items: readonly Mistake[]; total: number }) {
  return (
    <section aria-label={props.caption}>
      <table className="dir-table">
        <caption>
          {props.caption}
          {props.total > props.items.length
            ? `（共 ${props.total} 处，先列出 ${props.items.length} 处）`
            : `（${props.total} 处）`}
        </caption>
        <thead>
          <tr>
            <th scope="col">行</th>
            <th scope="col">列</th>
            <th scope="col">填写的内容</th>
            <th scope="col">怎么改</th>
          </tr>
        </thead>
        <tbody>
          {props.items.map((one, at) => (
            <tr key={`${one.row}:${one.column}:${at}`}>
              <td className="dir-number">{one.row === 0 ? '整份文件' : `第 ${one.row} 行`}</td>
              <td>
                {one.column || '－'} {one.cell && <span className="dir-soft">{one.cell}</span>}
              </td>
              <td>{one.value || '（空白）'}</td>
              <td>{one.message}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
