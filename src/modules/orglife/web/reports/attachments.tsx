import { Button } from 'antd'
import { useRef, useState } from 'react'
import { useUpload } from '../../../../ui/use-upload.ts'
import styles from './steps.module.css'

interface Attached {
  readonly id: string
  readonly name: string
}

/** Attachments of a form: never asked for, only taken. */
export function Attachments(props: {
  known?: readonly Attached[]
  organization: string | undefined
  ids: readonly string[]
  onChange: (ids: string[]) => void
}) {
  const input = useRef<HTMLInputElement>(null)
  const [files, setFiles] = useState(props.known ?? [])
  const { sending, failure, send } = useUpload({ purpose: 'meeting', organization: props.organization })
  const add = async (chosen: readonly File[]) => {
    const added = await send(chosen)
    setFiles([...files, ...added])
    props.onChange([...props.ids, ...added.map(({ id }) => id)])
  }
  return (
    <section aria-label="附件">
      <ul className={styles.list}>
        {files
          .filter(({ id }) => props.ids.includes(id))
          .map(({ id, name }) => (
            <li key={id}>
              {name}{' '}
              <Button
                size="small"
                aria-label={`去掉 ${name}`}
                onClick={() => props.onChange(props.ids.filter((one) => one !== id))}
              >
                去掉
              </Button>
            </li>
          ))}
      </ul>
      <input ref={input} type="file" multiple hidden onChange={(event) => void add([...(event.target.files ?? [])])} />
      <Button loading={sending !== null} onClick={() => input.current?.click()}>
        加附件（不是必填）
      </Button>
      {failure && <p role="alert">{failure}</p>}
    </section>
  )
}

/** Files that can be taken down. */
export function FileList({ files }: { files: readonly Attached[] }) {
  return (
    <ul className={styles.list}>
      {files.map(({ id, name }) => (
        <li key={id}>
          <a href={`/api/v1/files/${id}`}>{name}</a>
        </li>
      ))}
    </ul>
  )
}
