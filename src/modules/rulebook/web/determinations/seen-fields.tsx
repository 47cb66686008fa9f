import { Button } from 'antd'
import { useRef } from 'react'
import { FormField } from '../../../../ui/field-form.tsx'
import { useSession } from '../../../../ui/session.tsx'
import type { Fields } from '../../../../ui/use-fields.ts'
import { type Uploaded, useUpload } from '../../../../ui/use-upload.ts'
import { manners } from '../../determinations/determinations.contract.ts'

const verdicts = [
  { value: 'met', label: '做到' },
  { value: 'unmet', label: '没有做到' },
]

/** What was seen, when and how; material is taken, never asked for. */
export function SeenFields({ fields, organization }: { fields: Fields; organization?: string | undefined }) {
  const { today } = useSession()
  return (
    <>
      <FormField name="verdict" control="radio" options={verdicts} />
      <FormField name="seen" control="area" />
      <FormField name="seenOn" latest={today} />
      <FormField name="manner" control="radio" options={Object.entries(manners).map(([value, label]) => ({ value, label }))} />
      <FormField
        name="files"
        title="材料"
        help="可不传"
        render={() => <Material fields={fields} organization={organization} />}
      />
    </>
  )
}

function Material({ fields, organization }: { fields: Fields; organization?: string | undefined }) {
  const input = useRef<HTMLInputElement>(null)
  const files = (fields.values['files'] ?? []) as Uploaded[]
  const { sending, failure, send } = useUpload({ purpose: 'determination', organization })
  const add = async (chosen: readonly File[]) => fields.set('files', [...files, ...(await send(chosen))])
  return (
    <>
      {files.map((file) => (
        <p key={file.id} style={{ margin: 0 }}>
          {file.name}{' '}
          <Button
            type="text"
            size="small"
            aria-label={`去掉 ${file.name}`}
            onClick={() =>
              fields.set(
                'files',
                files.filter((one) => one !== file),
              )
            }
          >
            去掉
          </Button>
        </p>
      ))}
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
      <Button loading={sending !== null} disabled={files.length >= 20} onClick={() => input.current?.click()}>
        {sending ? `正在传 ${sending}` : '选文件'}
      </Button>
      {failure && <p role="alert">{failure}</p>}
    </>
  )
}
