import { PaperClipOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useRef, useState } from 'react'
import { z } from 'zod'
import { request } from '../../../kernel/http/call.ts'
import { sentenceOf } from '../../../ui/states.tsx'

const stored = z.object({ id: z.string(), name: z.string() })

interface Attached {
  readonly id: string
  readonly name: string
}

/** A form that takes attachments. */
export interface TakesFiles {
  readonly value: { readonly files: readonly Attached[]; readonly organizationIds: readonly string[] }
  readonly change: (part: { files: Attached[] }) => void
}

/** 附件: never asked for, only taken. */
export function FilesPart({ entry, fault }: { entry: TakesFiles; fault: string | undefined }) {
  const input = useRef<HTMLInputElement>(null)
  const [sending, setSending] = useState<string | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const { files } = entry.value
  const send = async (chosen: readonly File[]) => {
    setFailure(null)
    const added = []
    for (const file of chosen) {
      setSending(file.name)
      try {
        const body = new FormData()
        body.append('purpose', 'meeting')
        if (entry.value.organizationIds[0]) body.append('organization', entry.value.organizationIds[0])
        body.append('file', file)
        added.push(stored.parse(await request({ method: 'POST', path: '/api/v1/files', body })))
      } catch (error) {
        setFailure(`${file.name} 没有传上：${sentenceOf(error)}`)
        break
      }
    }
    setSending(null)
    if (added.length > 0) entry.change({ files: [...files, ...added] })
  }
  return (
    <section className="meeting-part" aria-label="附件">
      <h2>
        附件 <small>不是必填</small>
      </h2>
      <ul className="meeting-files">
        {files.map((file) => (
          <li key={file.id}>
            <span>{file.name}</span>
            <Button
              type="text"
              onClick={() => entry.change({ files: files.filter((one) => one !== file) })}
              aria-label={`去掉 ${file.name}`}
            >
              去掉
            </Button>
          </li>
        ))}
      </ul>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          const chosen = [...(event.target.files ?? [])]
          event.target.value = ''
          void send(chosen)
        }}
      />
      <Button
        icon={<PaperClipOutlined aria-hidden />}
        loading={sending !== null}
        disabled={files.length >= 20}
        onClick={() => input.current?.click()}
      >
        {sending ? `正在传 ${sending}` : '选文件'}
      </Button>
      {(failure ?? fault) && (
        <p className="meeting-fault" role="alert">
          {failure ?? fault}
        </p>
      )}
    </section>
  )
}
