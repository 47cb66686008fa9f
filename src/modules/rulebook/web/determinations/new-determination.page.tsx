import { useNavigate } from '@tanstack/react-router'
import { periodOf, type Cadence } from '../../../../kernel/time/period.ts'
import { useAddress } from '../../../../ui/address.ts'
import { FieldForm, FormField } from '../../../../ui/field-form.tsx'
import { Page, Panel } from '../../../../ui/page.tsx'
import { PeriodPicker } from '../../../../ui/period-picker.tsx'
import { useSession } from '../../../../ui/session.tsx'
import { Empty, Loaded } from '../../../../ui/states.tsx'
import { useCall, useSubmit } from '../../../../ui/use-call.ts'
import { type Fields, useFields } from '../../../../ui/use-fields.ts'
import type { OrganizationKind } from '../../../directory/organizations/organizations.contract.ts'
import { OrganizationPicker } from '../../../directory/web/index.ts'
import { daysToObject, listMatters, makeDetermination } from '../../determinations/determinations.contract.ts'
import { makeFields, sentOf } from './determination-fields.rules.ts'
import { SeenFields } from './seen-fields.tsx'

type Matters = { readonly items: readonly { code: string; title: string; formula: string; cadence: string; kinds: string[] }[] }
const crumbs = [{ label: '认定', to: '/determinations' }]

/** 作出认定: which requirement, of whom, of when, and what was seen. */
export function NewDeterminationPage() {
  const matters = useCall(listMatters, {})
  return (
    <Loaded query={matters}>
      {(found) =>
        found.items.length > 0 ? (
          <Make matters={found} />
        ) : (
          <Page title="作出认定" crumbs={crumbs} narrow>
            <Empty sentence="现行制度里没有由人认定的要求。其余要求都按记录自动计算。" />
          </Page>
        )
      }
    </Loaded>
  )
}

const textOf = (value: unknown): string | null => (typeof value === 'string' && value ? value : null)

/** What the form begins with: what the address says, else the first requirement and the period of today. */
function initialOf(matters: Matters, search: Readonly<Record<string, string | undefined>>, today: string) {
  const asked = matters.items.find(({ code }) => code === search.requirement) ?? matters.items[0]
  return {
    requirement: asked?.code ?? '',
    period: search.period ?? periodIn(asked?.cadence ?? 'year', today),
    ...(search.organization && { organizationId: search.organization }),
    seenOn: today,
    manner: 'on_the_spot' as const,
    files: [],
    records: [],
  }
}

function Make({ matters }: { matters: Matters }) {
  const { today } = useSession()
  const [search] = useAddress()
  const navigate = useNavigate()
  const making = useSubmit(makeDetermination)
  const form = useFields({
    name: 'determination',
    schema: makeFields,
    initial: initialOf(matters, search, today),
    draftKey: `determination:${new URLSearchParams(search as Record<string, string>).toString()}`,
  })
  const matter = matters.items.find(({ code }) => code === form.values.requirement)
  return (
    <Page title="作出认定" crumbs={crumbs} narrow>
      <Panel>
        <FieldForm
          form={form}
          submitLabel="认定"
          note={`认定后马上告知该组织，${daysToObject} 天内可以提一次异议，由别的同志决定。`}
          onSubmit={async (values) => {
            const { id } = await making.send({ body: sentOf(values) })
            void navigate({ href: `/determinations/${id}`, replace: true })
          }}
        >
          <FormField
            name="requirement"
            control="select"
            options={matters.items.map(({ code, title }) => ({ value: code, label: `${code} ${title}` }))}
            help={matter?.formula}
          />
          <Whose kinds={matter?.kinds ?? []} cadence={matter?.cadence ?? 'year'} />
          <SeenFields fields={form as Fields} organization={textOf(form.values.organizationId) ?? undefined} />
        </FieldForm>
      </Panel>
    </Page>
  )
}

const natural: readonly string[] = ['month', 'quarter', 'half', 'year']
const periodIn = (cadence: string, today: string) =>
  periodOf(today, natural.includes(cadence) ? (cadence as Cadence) : 'month').name

/** The organization and the period, as the requirement binds them. */
function Whose({ kinds, cadence }: { kinds: readonly string[]; cadence: string }) {
  const { today } = useSession()
  const fits = natural.includes(cadence) ? [cadence as Cadence] : (['month'] as const)
  return (
    <>
      <FormField
        name="organizationId"
        title="认定哪个组织"
        render={(control) => (
          <OrganizationPicker
            id={control.id}
            invalid={control.invalid}
            aria-describedby={control['aria-describedby']}
            kinds={kinds as readonly OrganizationKind[]}
            value={textOf(control.value)}
            onChange={(id) => control.onChange(id)}
          />
        )}
      />
      <FormField
        name="period"
        render={(control) => (
          <PeriodPicker
            value={textOf(control.value) ?? periodIn(cadence, today)}
            today={today}
            cadences={fits}
            onChange={(name) => control.onChange(name)}
          />
        )}
      />
    </>
  )
}
