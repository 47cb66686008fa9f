import { Button } from 'antd'
import { useId, useRef, useState } from 'react'
import { attemptKey } from '../../../kernel/http/call.ts'
import { Labelled } from '../../../ui/field-form.tsx'
import { Panel } from '../../../ui/page.tsx'
import { useSession } from '../../../ui/session.tsx'
import { sentenceOf } from '../../../ui/states.tsx'
import { rosterTemplate } from '../roster/roster.contract.ts'
import { OrganizationPicker } from './organization-picker.tsx'
import { sendRoster } from './roster-import.client.ts'
import { workplaceOf } from './workplace.rules.ts'
import './organizations.css'
import './roster-import.css'

interface Sending {
  readonly pending: string | null
  readonly fault: string | null
  readonly send: (file: File | undefined) => void
}

function useSending(organization: string | null, onSent: (id: string) => void): Sending {
  const [pending, setPending] = useState<string | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const send = (file: File | undefined) => {
    if (!file || pending) return
    if (!organization) return setFault('请先选导入到哪个组织，再选文件。')
    if (!/\.xlsx$/i.test(file.name)) return setFault(`“${file.name}”不是 .xlsx 文件。请在表格软件里另存为 .xlsx 后再上传。`)
    setFault(null)
    setPending(file.name)
    sendRoster(organization, file, attemptKey())
      .then(onSent)
      .catch((error: unknown) => setFault(`“${file.name}”没有收下：${sentenceOf(error)}`))
      .finally(() => setPending(null))
  }
  return { pending, fault, send }
}

/** Template, where to, and the file by button or by dropping it. */
export function RosterUpload(props: { onSent: (id: string) => void }) {
  const own = workplaceOf(useSession())
  const [organization, setOrganization] = useState<string | null>(own)
  const [over, setOver] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const id = useId()
  const sending = useSending(organization, props.onSent)
  return (
    <Panel
      title="上传名册"
      note="列的顺序不限，表头与模板略有出入也能认出"
      actions={
        <Button href={rosterTemplate.path} download>
          下载模板
        </Button>
      }
    >
      <div className="roster-upload">
        <Labelled id={id} title="导入到" help="只导入这个组织及其下级的人员">
          <OrganizationPicker id={id} value={organization} onChange={(chosen) => setOrganization(chosen)} />
        </Labelled>
        <div
          className={over ? 'roster-drop roster-over' : 'roster-drop'}
          onDragOver={(event) => {
            event.preventDefault()
            setOver(true)
          }}
          onDragLeave={() => setOver(false)}
          onDrop={(event) => {
            event.preventDefault()
            setOver(false)
            sending.send(event.dataTransfer.files[0])
          }}
        >
          <input
            ref={input}
            type="file"
            className="roster-input"
            tabIndex={-1}
            aria-label="名册文件"
            accept=".xlsx"
            onChange={(event) => {
              sending.send(event.target.files?.[0])
              event.target.value = ''
            }}
          />
          <Button type="primary" loading={sending.pending !== null} onClick={() => input.current?.click()}>
            选择文件上传
          </Button>
          <span className="dir-soft">也可以把 .xlsx 文件拖到这里。上传后先核对，核对通过并经您确认才会导入。</span>
        </div>
        <p className="dir-plain" role="status">
          {sending.pending && `正在上传“${sending.pending}”`}
        </p>
        {sending.fault && (
          <p className="roster-fault" role="alert">
            {sending.fault}
          </p>
        )}
      </div>
    </Panel>
  )
}
