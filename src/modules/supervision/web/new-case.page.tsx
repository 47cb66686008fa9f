import { useNavigate } from '@tanstack/react-router'
import { addDays } from '../../../kernel/time/civil-date.ts'
import { useAddress } from '../../../ui/address.ts'
import { FieldForm, FormField } from '../../../ui/field-form.tsx'
import { Page, Panel } from '../../../ui/page.tsx'
import { useSession } from '../../../ui/session.tsx'
import { useCall, useSubmit } from '../../../ui/use-call.ts'
import { type Fields, useFields } from '../../../ui/use-fields.ts'
import { showOrganization } from '../../directory/organizations/organizations.contract.ts'
import { OrganizationPicker, PersonPicker } from '../../directory/web/index.ts'
import { openCase } from '../cases/cases.contract.ts'

const usual = 15

/** A case that the system did not propose: what, whose, by when. */
export function NewCasePage() {
  const { today } = useSession()
  const [search] = useAddress()
  const navigate = useNavigate()
  const opening = useSubmit(openCase)
  const form = useFields({
    name: 'case-new',
    schema: openCase.body,
    initial: { dueOn: addDays(today, usual), ...(search.organization && { organizationId: search.organization }) },
    draftKey: `case:new:${search.organization ?? ''}`,
  })
  const under = useUnitOf(form)
  return (
    <Page title="直接立项" crumbs={[{ label: '督办', to: '/cases' }]} narrow>
      <Panel>
        <FieldForm
          form={form}
          submitLabel="立项督办"
          onSubmit={async (body) => {
            const { id } = await opening.send({ body })
            void navigate({ href: `/cases/${id}`, replace: true })
          }}
        >
          <FormField
            name="organizationId"
            title="督办哪个组织"
            render={(control) => (
              <OrganizationPicker
                id={control.id}
                invalid={control.invalid}
                aria-describedby={control['aria-describedby']}
                value={textOf(control.value)}
                onChange={(id) => form.change({ organizationId: id, ownerId: null })}
              />
            )}
          />
          <FormField name="title" help="一句话写明要办什么事。" />
          <FormField name="reason" control="area" title="为什么立项" />
          <FormField
            name="ownerId"
            help="从该组织所在单位的人员中选。"
            render={(control) => (
              <PersonPicker
                key={under ?? ''}
                id={control.id}
                invalid={control.invalid}
                aria-describedby={control['aria-describedby']}
                under={under}
                value={textOf(control.value)}
                onChange={(id) => control.onChange(id)}
              />
            )}
          />
          <FormField name="dueOn" earliest={today} />
          <FormField name="remedies" control="area" />
        </FieldForm>
      </Panel>
    </Page>
  )
}

const textOf = (value: unknown): string | null => (typeof value === 'string' && value ? value : null)

/** The unit of the chosen organization, which stands second on the way down from the city; the owner is one of its people. */
function useUnitOf(form: Fields<typeof openCase.body>): string | undefined {
  const chosen = textOf(form.values.organizationId)
  const read = useCall(showOrganization, chosen ? { params: { id: chosen } } : null)
  return read.data?.path[1]?.id ?? chosen ?? undefined
}
