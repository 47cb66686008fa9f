import { useNavigate } from '@tanstack/react-router'
import { useParam } from '../../../ui/address.ts'
import { FieldForm, FormField } from '../../../ui/field-form.tsx'
import { Page, Panel } from '../../../ui/page.tsx'
import { useSession } from '../../../ui/session.tsx'
import { Loaded } from '../../../ui/states.tsx'
import { useCall, useSubmit } from '../../../ui/use-call.ts'
import { useFields } from '../../../ui/use-fields.ts'
import { PersonPicker } from '../../directory/web/index.ts'
import { listCategories } from '../categories/categories.contract.ts'
import { correctStudy, createStudy, levels, showStudy, studyBody, type StudyPage } from '../hours/hours.contract.ts'
import { optionsOf } from './whole-form.tsx'

const sentOut = studyBody.omit({ kind: true }).extend({ personId: studyBody.shape.personId.unwrap() })

function useCategories() {
  const read = useCall(listCategories, {})
  return (read.data?.items ?? []).map(({ code, title }) => ({ value: code, label: title }))
}

/** 记外派培训: whom, where, how long; counted at once. */
export function NewStudyRecordPage() {
  const navigate = useNavigate()
  const { today } = useSession()
  const categories = useCategories()
  const sending = useSubmit(createStudy)
  const form = useFields({
    name: 'sent-out',
    schema: sentOut,
    initial: { heldOn: today, category: 'political_theory', level: 'city' },
    draftKey: 'sent-out',
  })
  return (
    <Page title="记外派培训" crumbs={[{ label: '外派和自学', to: '/study-records' }]} narrow>
      <Panel>
        <FieldForm
          form={form}
          submitLabel="记好"
          onSubmit={async (values) => {
            const { id } = await sending.send({ body: { ...values, kind: 'sent_out' } })
            await navigate({ href: `/study-records/${id}` })
          }}
        >
          <FormField
            name="personId"
            help="由本支部或单位代记；自学由本人在学时账里填报"
            render={(control) => (
              <PersonPicker
                id={control.id}
                invalid={control.invalid}
                aria-describedby={control['aria-describedby']}
                value={typeof control.value === 'string' ? control.value : null}
                onChange={(id) => control.onChange(id)}
              />
            )}
          />
          <FormField name="title" />
          <FormField name="level" options={optionsOf(levels)} />
          <FormField name="category" control="select" options={categories} />
          <FormField name="heldOn" latest={today} />
          <FormField name="hours" />
          <FormField name="days" />
        </FieldForm>
      </Panel>
    </Page>
  )
}

/** 更正学习记录: what was entered stays, the first day of entry too. */
export function CorrectStudyRecordPage() {
  const id = useParam('id')
  const record = useCall(showStudy, { params: { id } })
  return <Loaded query={record}>{(page) => <Correct key={page.id} page={page} />}</Loaded>
}

function Correct({ page }: { page: StudyPage }) {
  const navigate = useNavigate()
  const { today } = useSession()
  const categories = useCategories()
  const sending = useSubmit(correctStudy)
  const { title, level, category, heldOn, hours, revision } = page
  const form = useFields({
    name: 'correct-study',
    schema: correctStudy.body,
    initial: { title, level, category, heldOn, hours, revision },
  })
  const at = `/study-records/${page.id}`
  return (
    <Page title="更正学习记录" crumbs={[{ label: page.title, to: at }]} note={page.person} narrow>
      <Panel>
        <FieldForm
          form={form}
          submitLabel="更正"
          onSubmit={async (body) => {
            await sending.send({ params: { id: page.id }, body })
            await navigate({ href: at })
          }}
        >
          <FormField name="title" />
          <FormField name="level" options={optionsOf(levels)} />
          <FormField name="category" control="select" options={categories} />
          <FormField name="heldOn" latest={today} />
          <FormField name="hours" />
          <FormField name="reason" help={page.kind === 'self_study' ? '更正后由支部重新确认。' : '原记录留存。'} />
        </FieldForm>
      </Panel>
    </Page>
  )
}
