import { useNavigate } from '@tanstack/react-router'
import { Button, Input } from 'antd'
import { useParam } from '../../../../ui/address.ts'
import { DateField } from '../../../../ui/date-field.tsx'
import { FieldForm, FormField, Labelled } from '../../../../ui/field-form.tsx'
import { Page, Panel } from '../../../../ui/page.tsx'
import { actsFor, useSession } from '../../../../ui/session.tsx'
import { Loaded } from '../../../../ui/states.tsx'
import { useCall, useSubmit } from '../../../../ui/use-call.ts'
import { type Fields, useFields } from '../../../../ui/use-fields.ts'
import { OrganizationPicker } from '../../../directory/web/index.ts'
import { editPlan, type PlanPage, showPlan, writePlan } from '../../unit-plans/unit-plans.contract.ts'
import { PlanFiles } from './plan-files.tsx'
import styles from './tasks.module.css'

const crumbs = [{ label: '实施方案', to: '/unit-plans' }]

/** A unit writes its plan of the year. */
export function NewPlanPage() {
  const session = useSession()
  const { today } = session
  const own = actsFor(session)
  const navigate = useNavigate()
  const writing = useSubmit(writePlan)
  const year = Number(today.slice(0, 4))
  const form = useFields({
    name: 'plan-new',
    schema: writePlan.body,
    initial: {
      year,
      title: `${year} 年创建实施方案`,
      sections: [{ title: '工作目标', text: '' }],
      items: [],
      ...(own && { organizationId: own.id }),
    },
    draftKey: 'plan:new',
  })
  return (
    <Page title="起草方案" crumbs={crumbs} narrow>
      <Panel>
        <FieldForm
          form={form}
          submitLabel="存为草稿"
          onSubmit={async (body) => {
            const { id } = await writing.send({ body })
            void navigate({ href: `/unit-plans?open=${id}`, replace: true })
          }}
        >
          <FormField
            name="organizationId"
            render={(control) => (
              <OrganizationPicker
                id={control.id}
                invalid={control.invalid}
                aria-describedby={control['aria-describedby']}
                value={typeof control.value === 'string' ? control.value : null}
                onChange={(id) => control.onChange(id)}
              />
            )}
          />
          <FormField name="year" control="number" />
          <Body form={form as unknown as Fields} files={[]} />
        </FieldForm>
      </Panel>
    </Page>
  )
}

/** Changes a plan that is being written, was returned, or is being amended. */
export function EditPlanPage() {
  const id = useParam('id')
  const found = useCall(showPlan, { params: { id } })
  return (
    <Page title="修改方案" crumbs={crumbs} narrow>
      <Panel>
        <Loaded query={found}>{(data) => <Edit key={data.revision} found={data} />}</Loaded>
      </Panel>
    </Page>
  )
}

function Edit({ found }: { found: PlanPage }) {
  const navigate = useNavigate()
  const act = useSubmit(editPlan)
  const form = useFields({
    name: 'plan-edit',
    schema: editPlan.body,
    initial: { ...found.now.body, revision: found.revision, fileIds: found.now.files.map((file) => file.id) },
    draftKey: `plan:${found.id}:${found.revision}`,
  })
  return (
    <FieldForm
      form={form}
      submitLabel="存下修改"
      onSubmit={async (body) => {
        await act.send({ params: { id: found.id }, body })
        void navigate({ href: `/unit-plans?open=${found.id}`, replace: true })
      }}
    >
      <Body form={form as unknown as Fields} files={found.now.files} />
    </FieldForm>
  )
}

function Body({ form, files }: { form: Fields; files: PlanPage['now']['files'] }) {
  return (
    <>
      <FormField name="title" />
      <Rows form={form} part="sections" words={['第', '节']} blank={{ title: '', text: '' }} />
      <Rows form={form} part="items" words={['任务', '']} blank={{ title: '', criterion: '', dueOn: null }} least={0} />
      <PlanFiles
        known={files}
        ids={(form.values['fileIds'] ?? []) as string[]}
        onChange={(fileIds) => form.change({ fileIds })}
      />
    </>
  )
}

type RowValues = Readonly<Record<string, string | null>>
interface RowsProps {
  readonly form: Fields
  readonly part: 'sections' | 'items'
  readonly words: readonly [string, string]
  readonly blank: RowValues
  readonly least?: number
}
const titles: Readonly<Record<string, string>> = {
  'sections.title': '小标题',
  'sections.text': '正文',
  'items.title': '工作事项',
  'items.criterion': '完成标准',
  'items.dueOn': '时限',
}

/** Sections or items, one under the other. */
function Rows({ form, part, words: [before, after], blank, least = 1 }: RowsProps) {
  const rows = (form.values[part] ?? []) as RowValues[]
  const change = (next: RowValues[]) => form.change({ [part]: next })
  const set = (at: number, key: string, value: string | null) =>
    change(rows.map((row, index) => (index === at ? { ...row, [key]: value } : row)))
  return (
    <div>
      {rows.map((row, at) => (
        // Rows have no identity but their place.
        <fieldset key={at} className={styles.row}>
          <legend>
            {before} {at + 1} {after}
          </legend>
          {Object.keys(blank).map((key) => {
            const id = `${part}-${at}-${key}`
            const error = form.errors.get(`${part}.${at}.${key}`)
            return (
              <Labelled key={key} id={id} title={titles[`${part}.${key}`] ?? key} error={error}>
                <Control id={id} name={key} value={row[key] ?? null} error={error} onChange={(value) => set(at, key, value)} />
              </Labelled>
            )
          })}
          {rows.length > least && (
            <Button size="small" onClick={() => change(rows.filter((_row, index) => index !== at))}>
              去掉
            </Button>
          )}
        </fieldset>
      ))}
      <Button onClick={() => change([...rows, blank])}>{part === 'sections' ? '再加一节' : '加一项任务'}</Button>
    </div>
  )
}

interface ControlProps {
  readonly id: string
  readonly name: string
  readonly value: string | null
  readonly error: string | undefined
  readonly onChange: (value: string | null) => void
}

function Control({ id, name, value, error, onChange }: ControlProps) {
  const shared = { id, 'aria-invalid': error !== undefined, 'aria-describedby': error && `${id}-error` }
  if (name === 'dueOn') return <DateField id={id} invalid={error !== undefined} value={value} onChange={onChange} />
  if (name === 'title') return <Input {...shared} value={value ?? ''} onChange={(event) => onChange(event.target.value)} />
  return (
    <Input.TextArea
      {...shared}
      autoSize={{ minRows: name === 'text' ? 4 : 2, maxRows: 20 }}
      value={value ?? ''}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}
