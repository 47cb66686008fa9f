import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useAddress } from '../../../ui/address.ts'
import { ChoiceChips } from '../../../ui/choice-chips.tsx'
import type { ControlProps } from '../../../ui/field-control.tsx'
import { FieldForm, FormField } from '../../../ui/field-form.tsx'
import { Page, Panel } from '../../../ui/page.tsx'
import { useAbility, useSession } from '../../../ui/session.tsx'
import { useCall, useSubmit } from '../../../ui/use-call.ts'
import { useFields } from '../../../ui/use-fields.ts'
import { OrganizationPicker, PersonPicker } from '../../directory/web/index.ts'
import { branchDecides, exempt, type Ground, grounds } from '../exemptions/exemptions.contract.ts'
import { listRequirements } from '../requirements/requirements.contract.ts'

const kinds = [
  { value: 'person', label: '党员' },
  { value: 'organization', label: '组织' },
]

/** The grounds that can be said of the subject, and, for a branch, those on which it decides itself. */
function groundsFor(kind: string, above: boolean): { value: Ground; label: string }[] {
  return (Object.keys(grounds) as Ground[])
    .filter((key) => grounds[key].of === kind || (grounds[key].of === 'any' && above))
    .filter((key) => above || branchDecides.includes(key))
    .map((key) => ({ value: key, label: grounds[key].title }))
}

const textOf = (value: unknown): string | null => (typeof value === 'string' && value ? value : null)

/** Requirements in force, each once. */
function useRequirementChoices(): { value: string; label: string }[] {
  const rules = useCall(listRequirements, { query: {} })
  const enabled = (rules.data?.items ?? []).filter((rule) => rule.enabled)
  const codes = new Map(enabled.map((rule) => [rule.code, `${rule.code} ${rule.title}`]))
  return [...codes].map(([value, label]) => ({ value, label }))
}

/** Whom it is for, and the form that goes by it. */
function useExemption(above: boolean) {
  const { today } = useSession()
  const [{ subject }] = useAddress()
  const [kind, setKind] = useState(!above || subject?.startsWith('per_') ? 'person' : 'organization')
  const form = useFields({
    name: 'exemption-new',
    schema: exempt.body,
    initial: { from: today, ground: groundsFor(kind, above)[0]?.value ?? 'other', ...(subject && { subject }) },
    draftKey: `exemption:new:${subject ?? ''}`,
  })
  const pick = (next: string) => {
    setKind(next)
    form.change({ subject: null, ground: groundsFor(next, above)[0]?.value })
  }
  return { kind, pick, form }
}

const forBranches = '年老体弱、重病的党员，由支部决定，上级可以看到。其他情形请上级决定。'

/** Whom, of what, why, until when. */
export function NewExemptionPage() {
  const above = useAbility('rulebook.exemption.grant')
  const { kind, pick, form } = useExemption(above)
  const navigate = useNavigate()
  const deciding = useSubmit(exempt)
  const requirements = useRequirementChoices()
  return (
    <Page title="决定豁免" crumbs={[{ label: '豁免', to: '/exemptions' }]} narrow>
      <Panel title="对谁、免哪些、到哪天">
        <FieldForm
          form={form}
          submitLabel="决定豁免"
          {...(!above && { note: forBranches })}
          onSubmit={async (body) => {
            const { id } = await deciding.send({ body })
            void navigate({ href: `/exemptions?open=${id}`, replace: true })
          }}
        >
          {above && <ChoiceChips label="对象" options={kinds} value={[kind]} onChange={([next]) => pick(next ?? kind)} />}
          <FormField
            name="subject"
            title={kind === 'person' ? '党员' : '组织'}
            help="输入姓名、名称或拼音查找。"
            render={(control) => <SubjectPicker key={kind} kind={kind} control={control} />}
          />
          <FormField name="ground" control="select" options={groundsFor(kind, above)} />
          <FormField name="requirement" control="select" options={requirements} />
          <FormField name="from" />
          <FormField name="to" earliest={textOf(form.values['from']) ?? '2000-01-01'} />
          <FormField name="reason" control="area" />
        </FieldForm>
      </Panel>
    </Page>
  )
}

function SubjectPicker({ kind, control }: { kind: string; control: ControlProps }) {
  const given = {
    id: control.id,
    invalid: control.invalid,
    'aria-describedby': control['aria-describedby'],
    value: textOf(control.value),
    onChange: (id: string | null) => control.onChange(id),
  }
  return kind === 'person' ? <PersonPicker {...given} /> : <OrganizationPicker {...given} />
}
