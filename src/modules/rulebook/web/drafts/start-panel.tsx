import { Radio } from 'antd'
import { useState } from 'react'
import { z } from 'zod'
import { FieldForm, FormField } from '../../../../ui/field-form.tsx'
import { Panel } from '../../../../ui/page.tsx'
import { useCall, useSubmit } from '../../../../ui/use-call.ts'
import { useFields } from '../../../../ui/use-fields.ts'
import { startDraft } from '../../drafts/drafts.contract.ts'
import { listRulebooks } from '../../requirements/requirements.contract.ts'

const ways = { new: '新拟一份', clone: '修订一份现行文件', copy: '照一份现行文件另立新文件' } as const
type Way = keyof typeof ways

const shape = {
  from: z.string().meta({ title: '现行文件' }),
  code: z
    .string()
    .trim()
    .regex(/^[A-Z][A-Z0-9]{1,15}$/, { error: '请用大写字母开头，后接大写字母或数字，例如 GW2027。' })
    .meta({ title: '文件代号', help: '大写字母开头，后接大写字母或数字，如 GW2027' }),
  title: z
    .string()
    .trim()
    .min(2, { error: '请写文件全名，至少两个字。' })
    .max(100)
    .meta({ title: '文件名称', help: '不加书名号' }),
  prefix: z
    .string()
    .trim()
    .regex(/^[A-Z]{1,4}$/, { error: '请写一到四个大写字母。' })
    .meta({ title: '要求代号的字头', help: '一到四个大写字母，如 GW；照来的要求换成这个字头，免得与原件重复' }),
}
const schemas = {
  new: z.object({ code: shape.code, title: shape.title }),
  clone: z.object({ from: shape.from }),
  copy: z.object(shape),
} as const

interface StartProps {
  readonly onStarted: (id: string) => void
}

/** Begins a draft: new, as a revision, or after a pattern. */
export function StartPanel(props: StartProps) {
  const [way, setWay] = useState<Way>('new')
  return (
    <Panel title="新拟或修订" note="只是草稿，发布之前不影响现行制度">
      <div className="draft-form">
        <Radio.Group
          aria-label="怎样开始"
          value={way}
          options={Object.entries(ways).map(([value, label]) => ({ value, label }))}
          onChange={(event) => setWay(event.target.value as Way)}
        />
        <StartForm key={way} way={way} onStarted={props.onStarted} />
      </div>
    </Panel>
  )
}

function StartForm({ way, onStarted }: StartProps & { way: Way }) {
  const schema = schemas[way] as z.ZodObject
  const form = useFields({ name: 'start-draft', schema, initial: {} })
  const books = useCall(listRulebooks, {})
  const { send } = useSubmit(startDraft)
  const options = (books.data?.items ?? []).map((book) => ({ value: book.id, label: `《${book.title}》${book.code}` }))
  return (
    <FieldForm form={form} submitLabel="开始起草" onSubmit={async (values) => onStarted((await send({ body: values })).id)}>
      {way !== 'new' && <FormField name="from" control="select" options={options} />}
      {way !== 'clone' && <FormField name="code" />}
      {way !== 'clone' && <FormField name="title" />}
      {way === 'copy' && <FormField name="prefix" />}
    </FieldForm>
  )
}
