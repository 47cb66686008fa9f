import { useNavigate } from '@tanstack/react-router'
import { Button, Select } from 'antd'
import { z } from 'zod'
import { useAddress } from '../../../ui/address.ts'
import { FormField } from '../../../ui/field-form.tsx'
import { Page } from '../../../ui/page.tsx'
import { useSession } from '../../../ui/session.tsx'
import { Loaded } from '../../../ui/states.tsx'
import { useCall, useSubmit } from '../../../ui/use-call.ts'
import { type Fields, useFields } from '../../../ui/use-fields.ts'
import { listCategories, type Category } from '../categories/categories.contract.ts'
import { classCandidates, createClass, createClassBody, type TargetGroup } from '../classes/classes.contract.ts'
import { ClassForm } from './class-form.tsx'
import { useOrganizations } from './whole-form.tsx'

/** 办培训班: preset by the address (organization, target group). */
export function NewClassPage() {
  const categories = useCall(listCategories, {})
  return <Loaded query={categories}>{({ items }) => <NewClass categories={items} />}</Loaded>
}

// What the server checks too is not asked twice: the reason below seventy per cent is asked where the meter says so.
const fieldsOf = createClassBody.extend({ personIds: z.array(z.string()).default([]).meta({ title: '报名人员' }) })

function NewClass({ categories }: { categories: readonly Category[] }) {
  const navigate = useNavigate()
  const [search] = useAddress()
  const { today } = useSession()
  const { first: organizationId, options } = useOrganizations(search.organization)
  const organizations = options.map(({ value, label }) => ({ id: value, name: label }))
  const first = { heldOn: today, category: 'political_theory' }
  const fields = useFields({
    name: 'training-class',
    schema: fieldsOf,
    initial: {
      ...(organizationId && { organizationId }),
      ...(search.targetGroup && { targetGroup: search.targetGroup as TargetGroup }),
      ...(search.title && { title: search.title }),
      ...(search.plan && search.item && { planId: search.plan, planItem: search.item }),
      sessions: [first as never],
      personIds: [],
    },
    draftKey: `training-class:${search.item ?? organizationId ?? ''}`,
  })
  const sending = useSubmit(createClass)
  return (
    <Page title="办培训班" crumbs={[{ label: '学习培训', to: '/training-classes' }]} narrow>
      <ClassForm
        fields={fields}
        categories={categories}
        organizations={organizations}
        submitLabel="排好了"
        onSubmit={async (values) => {
          const { id } = await sending.send({ body: values })
          await navigate({ href: `/training-classes/${id}` })
        }}
      >
        <FormField name="personIds" render={() => <Candidates fields={fields as unknown as Fields} />} />
      </ClassForm>
    </Page>
  )
}

/** Those of the target group under the organization; whoever had nothing this year stands first. */
function Candidates({ fields }: { fields: Fields }) {
  const [organization, targetGroup] = [fields.values['organizationId'], fields.values['targetGroup']]
  const ready = typeof organization === 'string' && typeof targetGroup === 'string'
  const read = useCall(classCandidates, ready ? { query: { organization, targetGroup: targetGroup as TargetGroup } } : null)
  const people = read.data?.items ?? []
  const chosen = (fields.values['personIds'] ?? []) as string[]
  if (!ready) return <p className="training-soft">选了培训对象，这里列出属于这一类的同志。</p>
  return (
    <div className="training-lines">
      <Select
        mode="multiple"
        aria-label="报名人员"
        placeholder={people.length === 0 ? '没有属于这一类的同志' : '选人，也可以以后再选'}
        style={{ width: '100%' }}
        maxTagCount={8}
        value={chosen}
        options={people.map((one) => ({
          value: one.personId,
          label: `${one.name}（${one.organization}${one.trained === 0 ? '，本年未培训' : ''}）`,
        }))}
        onChange={(ids: string[]) => fields.set('personIds', ids)}
        showSearch={{ optionFilterProp: 'label' }}
      />
      {chosen.length < people.length && (
        <Button
          onClick={() =>
            fields.set(
              'personIds',
              people.map(({ personId }) => personId),
            )
          }
        >
          全体 {people.length} 人
        </Button>
      )}
    </div>
  )
}
