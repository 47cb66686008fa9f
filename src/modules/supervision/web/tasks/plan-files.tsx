import { Button } from 'antd'
import { useRef, useState } from 'react'
import { useUpload } from '../../../../ui/use-upload.ts'
import styles from './tasks.module.css'

interface Attached {
  readonly id: string
  readonly name: string
}

/** Attachments of a plan: never asked for, only taken. */
export function PlanFiles(props: { known: readonly Attached[]; ids: readonly string[]; onChange: (ids: string[]) => void }) {
  const input = useRef<HTMLInputElement>(null)
  const [files, setFiles] = useState(props.known)
  const { sending, failure, send } = useUpload({ purpose: 'plan' })
  const shown = files.filter((file) => props.ids.includes(file.id))
  const add = async (chosen: readonly File[]) => {
    const added = await send(chosen)
    setFiles([...files, ...added])
    props.onChange([...props.ids, ...added.map((file) => file.id)])
  }
  return (
    <section aria-label="附件">
      <ul className={styles.list}>
        {shown.map((file) => (
          <li key={file.id}>
            {file.name}{' '}
            <Button
              size="small"
              aria-label={`去掉 ${file.name}`}
              onClick={() => props.onChange(props.ids.filter((id) => id !== file.id))}
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
          void add(chosen)
        }}
      />
      <Button loading={sending !== null} onClick={() => input.current?.click()}>
        加附件（不是必填）
      </Button>
      {failure && <p role="alert">{failure}</p>}
    </section>
  )
}
