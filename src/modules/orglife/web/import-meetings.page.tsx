import { Button, Input } from 'antd'
import { useRef, useState } from 'react'
import { addressOf, type Reply, request } from '../../../kernel/http/call.ts'
import { inChinese } from '../../../kernel/time/civil-date.ts'
import { ConfirmReason } from '../../../ui/confirm-reason.tsx'
import { Page, Panel } from '../../../ui/page.tsx'
import { actsFor, useSession } from '../../../ui/session.tsx'
import { Empty, Loaded, sentenceOf } from '../../../ui/states.tsx'
import { useCall, useSubmit } from '../../../ui/use-call.ts'
import {
  checkImport,
  importMeetings,
  importTemplate,
  listImports,
  previewImport,
  undoImport,
} from '../imports/imports.contract.ts'
import { meetingKinds } from '../meetings/meetings.contract.ts'
import './questions.css'

type Checked = Reply<typeof checkImport>

/** 补录旧会议: from one sheet, looked at before, all or none, and to be taken back. */
export function ImportMeetingsPage() {
  const organization = actsFor(useSession())
  return (
    <Page title="补录旧会议" crumbs={[{ label: '会议', to: '/meetings' }]} note={organization?.name} narrow>
      {organization ? (
        <Import key={organization.id} organization={organization.id} />
      ) : (
        <Empty sentence="您还没有所属组织，不能补录。" />
      )}
    </Page>
  )
}

function Import({ organization }: { organization: string }) {
  const sheet = useSheet(organization)
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <Panel title="选表格" note="先核对再导入；没有错误才能导入，导入后可以撤回">
        <div style={{ display: 'flex', gap: 8, flexWrap: 'wrap' }}>
          <Button href={importTemplate.path} download>
            下载模板
          </Button>
          <input
            ref={input}
            type="file"
            accept=".xlsx"
            hidden
            aria-label="旧会议 Excel"
            onChange={(event) => {
              const [file] = event.target.files ?? []
              event.target.value = ''
              if (file) void sheet.read(file)
            }}
          />
          <Button type={sheet.checked ? 'default' : 'primary'} loading={sheet.pending} onClick={() => input.current?.click()}>
            选文件
          </Button>
        </div>
        {sheet.failure !== null && <p role="alert">{sheet.failure}</p>}
        {sheet.checked && sheet.checked.faults.length > 0 && <Faults checked={sheet.checked} />}
      </Panel>
      {sheet.checked && sheet.checked.faults.length === 0 && (
        <Ready
          key={sheet.checked.meetings.length}
          organization={organization}
          meetings={sheet.checked.meetings}
          onDone={sheet.clear}
        />
      )}
      <Done organization={organization} />
    </>
  )
}

function useSheet(organization: string) {
  const [checked, setChecked] = useState<Checked | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const [pending, setPending] = useState(false)
  const read = async (file: File) => {
    setPending(true)
    setFailure(null)
    setChecked(null)
    try {
      const body = new FormData()
      body.append('file', file)
      const path = addressOf(checkImport.path, { query: { organization } })
      setChecked(checkImport.reply.parse(await request({ method: 'POST', path, body })))
    } catch (error) {
      setFailure(sentenceOf(error))
    }
    setPending(false)
  }
  return { checked, failure, pending, read, clear: () => setChecked(null) }
}

function Faults({ checked }: { checked: Checked }) {
  return (
    <div role="alert">
      <p>有 {checked.faults.length} 处要改，改好后重新选文件；一次也没有导入。</p>
      <ul>
        {checked.faults.slice(0, 100).map((fault) => (
          <li key={`${fault.row} ${fault.column} ${fault.message}`}>
            第 {fault.row} 行“{fault.column}”：{fault.message}
          </li>
        ))}
      </ul>
    </div>
  )
}

function Ready(props: { organization: string; meetings: Checked['meetings']; onDone: () => void }) {
  const [reason, setReason] = useState('')
  const trying = useSubmit(previewImport)
  const sending = useSubmit(importMeetings)
  const [effect, setEffect] = useState<Reply<typeof previewImport> | null>(null)
  const meetings = props.meetings.map(({ row: _, ...meeting }) => meeting)
  const body = { organizationId: props.organization, lateReason: reason.trim(), meetings }
  const attempt = async () => {
    const tried = await trying.submit({ body })
    if (tried) setEffect(tried)
  }
  const save = async () => {
    if (await sending.submit({ body })) props.onDone()
  }
  const failed = trying.error ?? sending.error
  return (
    <Panel title={`可以导入 ${meetings.length} 次会议`} note="记录日期是今天；过了期限的算补记，两个日期并列显示">
      <ul>
        {props.meetings.map((meeting) => (
          <li key={meeting.row}>
            {inChinese(meeting.heldOn)} {meeting.title}（{meeting.kinds.map((kind) => meetingKinds[kind]).join('、')}
            {meeting.absent.length > 0 ? `，缺席 ${meeting.absent.length} 人` : '，全到'}）
          </li>
        ))}
      </ul>
      <label htmlFor="late-reason">补记理由</label>
      <Input
        id="late-reason"
        value={reason}
        maxLength={300}
        placeholder="如：系统启用前的纸质记录"
        onChange={(event) => {
          setReason(event.target.value)
          setEffect(null)
        }}
      />
      {effect && (
        <p>
          导入后有 {effect.late} 次算补记，能计入 {effect.satisfied.length} 项要求
          {effect.satisfied.length > 0 && `：${[...new Set(effect.satisfied.map(({ title }) => title))].join('、')}`}。
        </p>
      )}
      {failed !== null && <p role="alert">{sentenceOf(failed)}</p>}
      <div style={{ display: 'flex', gap: 8, marginTop: 8 }}>
        <Button loading={trying.pending} disabled={reason.trim().length < 2} onClick={() => void attempt()}>
          试算
        </Button>
        <Button type="primary" loading={sending.pending} disabled={effect === null} onClick={() => void save()}>
          导入
        </Button>
      </div>
    </Panel>
  )
}

function Done({ organization }: { organization: string }) {
  const done = useCall(listImports, { query: { organization } })
  const undo = useSubmit(undoImport)
  const [asked, setAsked] = useState<string | null>(null)
  return (
    <Panel title="补录过的">
      <Loaded query={done}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty sentence="还没有补录过。启用以前的会议可以整年补进来，不用一次次填。" />
          ) : (
            <ul>
              {items.map((one) => (
                <li key={one.id}>
                  {inChinese(one.from)}至{inChinese(one.to)}的 {one.meetings} 次会议，{one.by}，{one.lateReason}
                  {one.undoReason === null ? (
                    <Button type="link" onClick={() => setAsked(one.id)}>
                      撤回
                    </Button>
                  ) : (
                    `（已撤回：${one.undoReason}）`
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      <ConfirmReason
        open={asked !== null}
        title="撤回这次补录"
        sentence="导入后没有更正过的会议全部撤回，更正过的留下。"
        least={2}
        onClose={() => setAsked(null)}
        onConfirm={(reason) => undo.send({ params: { id: asked ?? '' }, body: { reason } })}
      />
    </Panel>
  )
}
