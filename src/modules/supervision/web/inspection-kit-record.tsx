import { Button, Input, Radio } from 'antd'
import { useState } from 'react'
import { call } from '../../../kernel/http/call.ts'
import { ConfirmReason } from '../../../ui/confirm-reason.tsx'
import { Panel } from '../../../ui/page.tsx'
import { useOnline } from '../../../ui/screen.ts'
import { type ChecklistLine, resumeInspection } from '../inspections/inspections.contract.ts'
import { inspectionStates } from '../inspections/inspections.lifecycle.ts'
import { type Answer, answers, findingKinds } from '../inspections/inspections.rules.ts'
import { hasStarted, type Kit, type KitFinding, takeOwn, takeTheirs, waiting } from '../inspections/kit.rules.ts'
import type { Kits } from './inspection-kit.client.ts'
import { KitFindingForm } from './inspection-kit-finding.tsx'
import { KitSigning } from './inspection-kit-signing.tsx'
import styles from './inspections.module.css'

/** One inspection on the spot: start, checklist, findings, both signatures. Each touch is kept on the device at once. */
export function KitRecord({ kit, kits }: { kit: Kit; kits: Kits }) {
  const online = useOnline()
  const { page } = kit
  const left = waiting(kit)
  const started = hasStarted(kit)
  return (
    <>
      <Panel
        title={page.organization.name}
        note={`${page.visitOn} · ${started && !kit.startSent && kit.startedAt ? '已开始' : inspectionStates[page.state]}`}
        actions={
          left > 0 && (
            <Button type="primary" loading={kits.busy} disabled={!online} onClick={() => void kits.send(kit.id)}>
              上传
            </Button>
          )
        }
      >
        <p className={styles.soft} role="status">
          {left > 0
            ? `已存在这台设备上，${left} 项等有网络时上传。`
            : kit.findings.length + kit.sheets.length > 0
              ? '已全部上传。'
              : '已存在这台设备上。'}
        </p>
        <p className={styles.soft}>检查人：{page.inspectors.map(({ name }) => name).join('、')}</p>
        {!started && (
          <Button
            type="primary"
            onClick={() => void kits.change(kit.id, (now) => ({ ...now, startedAt: new Date().toISOString() }))}
          >
            开始检查
          </Button>
        )}
        <Stopped kit={kit} kits={kits} />
      </Panel>
      <Conflicts kit={kit} kits={kits} />
      <Checklist kit={kit} kits={kits} disabled={!started} />
      {started && <KitFindings kit={kit} kits={kits} />}
      {started && <KitSigning kit={kit} kits={kits} />}
    </>
  )
}

/** The system has moved on while the device had no network: both are shown, and nothing noted here is lost. */
function Stopped({ kit, kits }: { kit: Kit; kits: Kits }) {
  const [asking, setAsking] = useState(false)
  const { standstill } = kit
  if (!standstill || waiting(kit) === 0) return null
  return (
    <div role="alert">
      <div className={styles.sides}>
        <div>
          <b>这台设备上</b>
          <p>
            {kit.startedAt ? '已开始，' : ''}
            {kit.findings.filter((one) => !one.sent).length} 条发现、{kit.sheets.filter((one) => !one.sent).length}{' '}
            张签字单没有上传
          </p>
        </div>
        <div>
          <b>系统里</b>
          <p>{standstill.sentence}</p>
        </div>
      </div>
      {standstill.resumable ? (
        <Button onClick={() => setAsking(true)}>恢复检查并上传</Button>
      ) : (
        <p className={styles.soft}>内容都在这台设备上。请与安排检查的人联系，处理后再上传。</p>
      )}
      <ConfirmReason
        open={asking}
        title="恢复检查并上传"
        sentence="恢复以后，这台设备上的内容会上传。"
        onClose={() => setAsking(false)}
        onConfirm={async (reason) => {
          await call(resumeInspection, { params: { id: kit.id }, body: { reason } })
          await kits.send(kit.id)
        }}
      />
    </div>
  )
}

const said = (one: { answer: Answer | null; note?: string | null | undefined }) =>
  `${one.answer ? answers[one.answer] : '没有记'}${one.note ? `：${one.note}` : ''}`

/** Two answers to one line, side by side; a person decides. */
function Conflicts({ kit, kits }: { kit: Kit; kits: Kits }) {
  if (kit.conflicts.length === 0) return null
  const decide = async (next: (now: Kit) => Kit) => {
    await kits.change(kit.id, next)
    await kits.send(kit.id)
  }
  return (
    <Panel title="别人记的与您不同，请选一个">
      <ul className={styles.list}>
        {kit.conflicts.map((line) => (
          <li key={line.id}>
            <p>{line.question}</p>
            <div className={styles.sides}>
              <div>
                <b>这台设备上</b>
                <p>{said(kit.answers[line.id] ?? { answer: null })}</p>
                <Button onClick={() => void decide((now) => takeOwn(now, line))}>用这台设备上的</Button>
              </div>
              <div>
                <b>系统里（{line.answeredBy ?? '别人'}）</b>
                <p>{said(line)}</p>
                <Button onClick={() => void decide((now) => takeTheirs(now, line))}>用系统里的</Button>
              </div>
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function Checklist({ kit, kits, disabled }: { kit: Kit; kits: Kits; disabled: boolean }) {
  return (
    <Panel title="清单" note={disabled ? '开始检查以后可以记' : `${kit.page.lines.length} 项，可以只记看了的`}>
      <ul className={styles.list}>
        {kit.page.lines.map((line) => (
          <Line key={line.id} line={line} kit={kit} kits={kits} disabled={disabled} />
        ))}
      </ul>
    </Panel>
  )
}

function Line(props: { line: ChecklistLine; kit: Kit; kits: Kits; disabled: boolean }) {
  const { line, kit, kits } = props
  const own = kit.answers[line.id]
  const shown = own ?? { answer: line.answer, note: line.note ?? '' }
  const [note, setNote] = useState(shown.note ?? '')
  const answer = (given: Answer, words: string) =>
    kits.change(kit.id, (now) => {
      const over = now.answers[line.id]?.over ?? line.revision
      const next = { answer: given, over, sent: false, ...(words.trim() && { note: words.trim() }) }
      return { ...now, answers: { ...now.answers, [line.id]: next } }
    })
  return (
    <li>
      <p>
        {line.question}
        {line.clause && <small className={styles.soft}> {line.clause}</small>}
      </p>
      {line.why && <p className={styles.soft}>{line.why}</p>}
      <Radio.Group
        aria-label={line.question}
        disabled={props.disabled}
        value={shown.answer}
        options={Object.entries(answers).map(([value, label]) => ({ value, label }))}
        onChange={(event) => void answer(event.target.value as Answer, note)}
      />
      {shown.answer && !props.disabled && (
        <Input
          aria-label={`${line.question}：看到的情况`}
          placeholder="看到的情况（可以不写）"
          maxLength={500}
          value={note}
          onChange={(event) => setNote(event.target.value)}
          onBlur={() => shown.answer && note !== (shown.note ?? '') && void answer(shown.answer, note)}
        />
      )}
    </li>
  )
}

function KitFindings({ kit, kits }: { kit: Kit; kits: Kits }) {
  const elsewhere = kit.page.findings.filter((one) => !kit.findings.some(({ clientId }) => clientId === one.clientId))
  return (
    <Panel title="发现" note={`${kit.findings.length + elsewhere.length} 条`}>
      <ul className={styles.list}>
        {elsewhere.map((one) => (
          <li key={one.id}>
            <p>
              {findingKinds[one.kind]}：{one.seen} <small className={styles.soft}>{one.by}记</small>
            </p>
          </li>
        ))}
        {kit.findings.map((one) => (
          <OwnFinding key={one.clientId} finding={one} kit={kit} kits={kits} />
        ))}
      </ul>
      <KitFindingForm kit={kit} kits={kits} />
    </Panel>
  )
}

function OwnFinding({ finding, kit, kits }: { finding: KitFinding; kit: Kit; kits: Kits }) {
  const drop = () =>
    kits.change(kit.id, (now) => ({ ...now, findings: now.findings.filter(({ clientId }) => clientId !== finding.clientId) }))
  const signed = kit.sheets.some((sheet) => sheet.covers.includes(finding.clientId))
  return (
    <li>
      <p>
        {findingKinds[finding.kind]}
        {finding.serious && <b className={styles.serious}>（严重）</b>}：{finding.seen}
      </p>
      <p className={styles.soft}>
        {finding.sent ? '已上传' : '未上传'}
        {finding.handOver && '，移交纪检'}
        {finding.photos.length > 0 && `，${finding.photos.length} 张照片`}
      </p>
      {finding.refused && (
        <p className={styles.notice} role="alert">
          没有收下：{finding.refused}
        </p>
      )}
      {!finding.sent && !signed && (
        <Button onClick={() => void drop()} aria-label={`删去这条发现：${finding.seen.slice(0, 20)}`}>
          删去
        </Button>
      )}
    </li>
  )
}
