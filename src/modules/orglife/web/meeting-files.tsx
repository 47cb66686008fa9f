import { PaperClipOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useRef } from 'react'
import { useUpload } from '../../../ui/use-upload.ts'

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
  const { files, organizationIds } = entry.value
  const { sending, failure, send } = useUpload({ purpose: 'meeting', organization: organizationIds[0] })
  const add = async (chosen: readonly File[]) => {
    const added = await send(chosen)
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
          void add(chosen)
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
