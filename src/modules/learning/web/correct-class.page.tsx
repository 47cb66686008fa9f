import { useNavigate } from '@tanstack/react-router'
import { useParam } from '../../../ui/address.ts'
import { FormField } from '../../../ui/field-form.tsx'
import { Page } from '../../../ui/page.tsx'
import { Loaded } from '../../../ui/states.tsx'
import { useCall, useSubmit } from '../../../ui/use-call.ts'
import { useFields } from '../../../ui/use-fields.ts'
import { type Category, listCategories } from '../categories/categories.contract.ts'
import { type ClassPage, correctClass, showClass } from '../classes/classes.contract.ts'
import { ClassForm } from './class-form.tsx'

/** 更正培训班: sessions, title, reason; attendance that is entered is counted anew. */
export function CorrectClassPage() {
  const id = useParam('id')
  const held = useCall(showClass, { params: { id } })
  const categories = useCall(listCategories, {})
  return (
    <Loaded query={categories}>
      {({ items }) => <Loaded query={held}>{(page) => <Correct key={page.id} page={page} categories={items} />}</Loaded>}
    </Loaded>
  )
}

function initialOf(page: ClassPage) {
  return {
    title: page.title,
    organizationId: page.organization.id,
    targetGroup: page.targetGroup,
    offDuty: page.offDuty,
    ...(page.seats !== null && { seats: page.seats }),
    ...(page.registersUntil !== null && { registersUntil: page.registersUntil }),
    ...(page.plan !== null && { planId: page.plan.id, planItem: page.plan.item }),
    ...(page.exceptionReason !== null && { exceptionReason: page.exceptionReason }),
    sessions: page.sessions.map(({ title, heldOn, hours, category, teacher, place }) => ({
      title,
      heldOn,
      hours,
      category,
      ...(teacher !== null && { teacher }),
      ...(place !== null && { place }),
    })),
    revision: page.revision,
  }
}

function Correct({ page, categories }: { page: ClassPage; categories: readonly Category[] }) {
  const navigate = useNavigate()
  const fields = useFields({ name: 'correct-class', schema: correctClass.body, initial: initialOf(page) })
  const sending = useSubmit(correctClass)
  const address = `/training-classes/${page.id}`
  return (
    <Page title="更正培训班" crumbs={[{ label: page.title, to: address }]} narrow>
      <ClassForm
        fields={fields}
        categories={categories}
        organizations={[page.organization]}
        submitLabel="更正"
        onSubmit={async (values) => {
          await sending.send({ params: { id: page.id }, body: values })
          await navigate({ href: address })
        }}
      >
        <FormField name="reason" help="原记录留存；登记过出勤的，按新课程重新计学时。" />
      </ClassForm>
    </Page>
  )
}
