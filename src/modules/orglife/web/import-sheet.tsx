import { Button, Input } from 'antd'
import { useRef, useState } from 'react'
import { addressOf, request } from '../../../kernel/http/call.ts'
import { inChinese } from '../../../kernel/time/civil-date.ts'
import { ConfirmReason } from '../../../ui/confirm-reason.tsx'
import { type Crumb, Page, Panel } from '../../../ui/page.tsx'
import { actsFor, useSession } from '../../../ui/session.tsx'
import { Empty, Loaded, sentenceOf } from '../../../ui/states.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import { useCall, useSubmit } from '../../../ui/use-call.ts'
import type { ImportEffect, ImportFault, Sheet } from '../imports/imports.contract.ts'
import styles from './import-sheet.module.css'

interface Checked {
  readonly fingerprint: string
  readonly records: readonly { readonly row: number; readonly label: string; readonly record: unknown }[]
  readonly faults: readonly ImportFault[]
}

export interface ImportSheetProps {
  readonly sheet: Sheet
  readonly crumbs: readonly Crumb[]
  /** What a row of the sheet stands for, in one sentence. */
  readonly hint: string
}

/** 补录: old records from one sheet, looked at before, all or none, late where they are late, and to be taken back. */
export function ImportSheet({ sheet, crumbs, hint }: ImportSheetProps) {
  const organization = actsFor(useSession())
  return (
    <Page title={`补录旧${sheet.noun}`} crumbs={crumbs} note={organization?.name} narrow>
      {organization ? (
        <Import key={organization.id} sheet={sheet} hint={hint} organization={organization.id} />
      ) : (
        <Empty sentence="您还没有所属组织，不能补录。" />
      )}
    </Page>
  )
}

interface Own {
  readonly sheet: Sheet
  readonly organization: string
}

function Import({ hint, ...own }: Own & { hint: string }) {
  const { sheet } = own
  const file = useFile(own)
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <Panel title="选表格" note="先核对再导入；没有错误才能导入，导入后可以撤回">
        <p className={styles.soft}>{hint}</p>
        <div className={styles.acts}>
          <Button href={sheet.endpoints.template.path} download>
            下载模板
          </Button>
          <input
            ref={input}
            type="file"
            accept=".xlsx"
            hidden
            aria-label={`旧${sheet.noun} Excel`}
            onChange={(event) => {
              const [chosen] = event.target.files ?? []
              event.target.value = ''
              if (chosen) void file.read(chosen)
            }}
          />
          <Button type={file.checked ? 'default' : 'primary'} loading={file.pending} onClick={() => input.current?.click()}>
            选文件
          </Button>
        </div>
        {file.failure !== null && <p role="alert">{file.failure}</p>}
        {file.checked && file.checked.faults.length > 0 && <Faults faults={file.checked.faults} measure={sheet.measure} />}
      </Panel>
      {file.checked && file.checked.faults.length === 0 && (
        <Ready key={file.checked.fingerprint} {...own} checked={file.checked} onDone={file.clear} />
      )}
      <Done {...own} />
    </>
  )
}

function useFile({ sheet, organization }: Own) {
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
      const { check } = sheet.endpoints
      const path = addressOf(check.path, { query: { organization } })
      setChecked(check.reply.parse(await request({ method: 'POST', path, body })))
    } catch (error) {
      setFailure(sentenceOf(error))
    }
    setPending(false)
  }
  return { checked, failure, pending, read, clear: () => setChecked(null) }
}

function Faults({ faults, measure }: { faults: Checked['faults']; measure: string }) {
  return (
    <div role="alert">
      <p>
        有 {faults.length} 处要改，改好后重新选文件；一{measure}也没有导入。
      </p>
      <ul className={styles.list}>
        {faults.slice(0, 100).map((fault) => (
          <li key={`${fault.row} ${fault.column} ${fault.message}`}>
            第 {fault.row} 行“{fault.column}”：{fault.message}
          </li>
        ))}
      </ul>
    </div>
  )
}

function Ready({ sheet, organization, checked, onDone }: Own & { checked: Checked; onDone: () => void }) {
  const [reason, setReason] = useState('')
  const trying = useSubmit(sheet.endpoints.preview)
  const sending = useSubmit(sheet.endpoints.enter)
  const [effect, setEffect] = useState<ImportEffect | null>(null)
  const { fingerprint } = checked
  const records = checked.records.map(({ record }) => record)
  const body = { organizationId: organization, lateReason: reason.trim(), fingerprint, records }
  const attempt = async () => {
    const tried = await trying.submit({ body })
    if (tried) setEffect(tried)
  }
  const save = async () => {
    if (await sending.submit({ body })) onDone()
  }
  const failed = trying.error ?? sending.error
  const counted = `${records.length} ${sheet.measure}${sheet.noun}`
  return (
    <Panel title={`可以导入 ${counted}`} note="记录日期是今天；过了期限的算补记，两个日期并列显示">
      <ul className={styles.list} aria-label={`要导入的${sheet.noun}`}>
        {checked.records.map(({ row, label }, at) => (
          <li key={row}>
            {label} {effect?.lateAt.includes(at) && <StatusTag tone="late">补记</StatusTag>}
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
      {effect && <Effect effect={effect} measure={sheet.measure} />}
      {failed !== null && <p role="alert">{sentenceOf(failed)}</p>}
      <div className={styles.acts}>
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

function Effect({ effect, measure }: { effect: ImportEffect; measure: string }) {
  const titles = [...new Set(effect.satisfied.map(({ title }) => title))]
  return (
    <p role="status">
      导入后有 {effect.late} {measure}算补记，能计入 {effect.satisfied.length} 项要求
      {titles.length > 0 && `：${titles.join('、')}`}。
    </p>
  )
}

function Done({ sheet, organization }: Own) {
  const done = useCall(sheet.endpoints.list, { query: { organization } })
  const undo = useSubmit(sheet.endpoints.undo)
  const [asked, setAsked] = useState<string | null>(null)
  return (
    <Panel title="补录过的">
      <Loaded query={done}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty sentence={`还没有补录过。启用以前的${sheet.noun}可以整年补进来，不用一${sheet.measure}${sheet.measure}填。`} />
          ) : (
            <ul className={styles.list}>
              {items.map((one) => (
                <li key={one.id}>
                  {inChinese(one.from)}至{inChinese(one.to)}的 {one.records} {sheet.measure}
                  {sheet.noun}，{one.by} {inChinese(one.importedAt.slice(0, 10))}补录，{one.lateReason}
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
        sentence={`导入后没有更正过的${sheet.noun}全部撤回，更正过的留下。`}
        least={2}
        onClose={() => setAsked(null)}
        onConfirm={(reason) => undo.send({ params: { id: asked ?? '' }, body: { reason } })}
      />
    </Panel>
  )
}
