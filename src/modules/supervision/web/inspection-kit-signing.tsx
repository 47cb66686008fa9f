import { Button, Checkbox, Input } from 'antd'
import { useId, useState } from 'react'
import { attemptKey } from '../../../kernel/http/call.ts'
import { Panel } from '../../../ui/page.tsx'
import { useSession } from '../../../ui/session.tsx'
import { findingKinds } from '../inspections/inspections.rules.ts'
import type { Kit, KitSheet } from '../inspections/kit.rules.ts'
import { sheetGiven } from '../inspections/sheets.contract.ts'
import type { Kits } from './inspection-kit.client.ts'
import { SignaturePad } from './signature-pad.tsx'
import styles from './inspections.module.css'

interface Side {
  readonly name: string
  readonly strokes: number[][]
}
const momentNow = () => new Date().toISOString()
const signed = ({ name, strokes }: Side) => name.trim().length >= 2 && strokes.length > 0

/** Both sides sign what lies before them, or the refusal is noted with its reason. */
export function KitSigning({ kit, kits }: { kit: Kit; kits: Kits }) {
  const { person, account } = useSession()
  const [own, setOwn] = useState<Side>({ name: person?.name ?? account.name, strokes: [] })
  const [theirs, setTheirs] = useState<Side>({ name: '', strokes: [] })
  const [refuses, setRefuses] = useState(false)
  const [refusal, setRefusal] = useState('')
  const [error, setError] = useState<string | null>(null)
  const before = findingsBefore(kit)
  const sign = async () => {
    if (!signed(own)) return setError('请检查人写姓名并签字。')
    if (!refuses && !signed(theirs)) return setError('请被检查方写姓名并签字；拒签的写明理由。')
    if (refuses && refusal.trim().length < 2) return setError('请写明拒签理由。')
    const read = sheetGiven.safeParse({
      clientId: attemptKey(),
      covers: before.map(({ clientId }) => clientId),
      signatures: [{ side: 'inspector', ...own }, ...(refuses ? [] : [{ side: 'visited', ...theirs }])],
      ...(refuses && { refusal }),
      signedAt: momentNow(),
    })
    if (!read.success) return setError(read.error.issues[0]?.message ?? '签字没有记下，请重签。')
    setError(null)
    await kits.change(kit.id, (now) => ({ ...now, sheets: [...now.sheets, read.data] }))
    setTheirs({ name: '', strokes: [] })
    setOwn({ ...own, strokes: [] })
  }
  return (
    <Panel title="双方签字" note={`签的是以下 ${before.length} 条`}>
      <div className={styles.stack}>
        {kit.sheets.map((sheet) => (
          <SheetKept key={sheet.clientId} sheet={sheet} />
        ))}
        <ol>
          {before.map((one) => (
            <li key={one.clientId}>
              {findingKinds[one.kind]}：{one.seen}
            </li>
          ))}
        </ol>
        <SideField title="检查人" side={own} onChange={setOwn} />
        <Checkbox checked={refuses} onChange={(event) => setRefuses(event.target.checked)}>
          被检查方拒签
        </Checkbox>
        {refuses ? (
          <Input
            aria-label="拒签理由"
            placeholder="拒签理由"
            maxLength={300}
            value={refusal}
            onChange={(event) => setRefusal(event.target.value)}
          />
        ) : (
          <SideField title="被检查方" side={theirs} onChange={setTheirs} />
        )}
        <p className={styles.serious} role="alert">
          {error}
        </p>
        <Button type="primary" onClick={() => void sign()}>
          签好了
        </Button>
      </div>
    </Panel>
  )
}

/** What lies before the signers: this device's findings and those known of others, without what goes to the discipline line. */
function findingsBefore(kit: Kit) {
  const own = kit.findings.filter((one) => !one.handOver)
  const others = kit.page.findings.filter(
    (one) => !['handed_over', 'withdrawn'].includes(one.state) && !kit.findings.some(({ clientId }) => clientId === one.clientId),
  )
  return [...others, ...own]
}

function SheetKept({ sheet }: { sheet: KitSheet }) {
  const names = sheet.signatures.map(({ name }) => name).join('、')
  return (
    <p className={styles.soft}>
      {names}已签字，列 {sheet.covers.length} 条{sheet.refusal && `；被检查方拒签：${sheet.refusal}`}。
      {sheet.sent ? '已上传。' : '未上传。'}
    </p>
  )
}

function SideField(props: { title: string; side: Side; onChange: (side: Side) => void }) {
  const id = useId()
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{props.title}姓名</label>
      <Input
        id={id}
        maxLength={30}
        value={props.side.name}
        onChange={(event) => props.onChange({ ...props.side, name: event.target.value })}
      />
      <SignaturePad
        label={`${props.title}签字`}
        strokes={props.side.strokes}
        onChange={(strokes) => props.onChange({ ...props.side, strokes })}
      />
    </div>
  )
}
