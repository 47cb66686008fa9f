import { Button } from 'antd'
import { useRef, useState } from 'react'
import type { ControlProps } from '../../../../ui/field-control.tsx'
import { useUpload } from '../../../../ui/use-upload.ts'

/** A field that takes one file, never asked for. */
export const oneFile = (organization: string, known?: { id: string; name: string } | null) => (control: ControlProps) => (
  <OneFile control={control} organization={organization} known={known ?? null} />
)

function OneFile(props: { control: ControlProps; organization: string; known: { id: string; name: string } | null }) {
  const { control, organization, known } = props
  const input = useRef<HTMLInputElement>(null)
  const [name, setName] = useState(known?.name ?? null)
  const { sending, failure, send } = useUpload({ purpose: 'local_rule', organization })
  const add = async (files: readonly File[]) => {
    const [added] = await send(files.slice(0, 1))
    if (!added) return
    setName(added.name)
    control.onChange(added.id)
  }
  return (
    <>
      {name && <p>{name}</p>}
      <input
        ref={input}
        type="file"
        hidden
        onChange={(event) => {
          const chosen = [...(event.target.files ?? [])]
          void add(chosen)
        }}
      />
      <Button id={control.id} loading={sending !== null} onClick={() => input.current?.click()}>
        {name ? '换一个文件' : '选文件（不是必填）'}
      </Button>
      {failure && <p role="alert">{failure}</p>}
    </>
  )
}
