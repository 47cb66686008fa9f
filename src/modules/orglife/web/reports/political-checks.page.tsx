import { useNavigate } from '@tanstack/react-router'
import type { z } from 'zod'
import { addressOf, call } from '../../../../kernel/http/call.ts'
import { FieldForm, FormField } from '../../../../ui/field-form.tsx'
import { GoButton } from '../../../../ui/go.tsx'
import { Page, Panel } from '../../../../ui/page.tsx'
import type { Column, Filter } from '../../../../ui/query-table-shape.ts'
import { QueryTable } from '../../../../ui/query-table.tsx'
import { actsFor, useAbility, useSession } from '../../../../ui/session.tsx'
import { StatusTag } from '../../../../ui/status-tag.tsx'
import { useSubmit } from '../../../../ui/use-call.ts'
import { useFields } from '../../../../ui/use-fields.ts'
import { OrganizationPicker } from '../../../directory/web/index.ts'
import type { OrganizationKind } from '../../../directory/organizations/organizations.contract.ts'
import * as contract from '../../political-checks/political-checks.contract.ts'
import { checkStates, type CheckState } from '../../political-checks/political-checks.lifecycle.ts'
import { RecordTabs } from '../record-tabs.tsx'

export const checkTones: Readonly<Record<CheckState, 'done' | 'late' | 'pending' | 'none'>> = {
  started: 'pending',
  concluded: 'late',
  answered: 'done',
  withdrawn: 'none',
}

const filters: readonly Filter[] = [
  {
    key: 'state',
    title: '状态',
    kind: 'select',
    width: 8,
    options: Object.entries(checkStates).map(([value, label]) => ({ value, label })),
  },
]

const columns: readonly Column<contract.CheckLine>[] = [
  { key: 'organization', title: '考察哪个组织', fixed: true, wrap: true, cell: (row) => row.organization.name },
  { key: 'by', title: '由谁考察', wrap: true, cell: (row) => row.by.name },
  { key: 'state', title: '状态', cell: (row) => <StatusTag tone={checkTones[row.state]}>{checkStates[row.state]}</StatusTag> },
  { key: 'span', title: '考察的时段', cell: (row) => `${row.from} 至 ${row.to}` },
  { key: 'concludedOn', title: '反馈日期', cell: (row) => row.concludedOn ?? '－' },
]

type Query = z.input<(typeof contract.listChecks)['query']>

/** 专项考察: checks of organizations by a checklist that records fill. */
export function PoliticalChecksPage() {
  const navigate = useNavigate()
  const mayStart = useAbility('orglife.political_check.start')
  return (
    <Page
      title="专项考察"
      crumbs={[{ label: '会议', to: '/meetings' }]}
      actions={
        mayStart && (
          <GoButton to="/political-checks/new" type="primary">
            开始考察
          </GoButton>
        )
      }
    >
      <RecordTabs now="/political-checks" />
      <QueryTable<contract.CheckLine>
        name="political-checks"
        caption="专项考察"
        columns={columns}
        filters={filters}
        rowKey={(row) => row.id}
        query={(values, after, signal) =>
          call(contract.listChecks, { query: { ...(values as Query), ...(after && { after }) } }, { signal })
        }
        onOpen={(row) => void navigate({ href: `/political-checks/${row.id}` })}
        exportHref={(values) => addressOf(contract.exportChecks.path, { query: values })}
        empty={{
          sentence: mayStart
            ? '还没有专项考察。点“开始考察”，选好组织和时段，清单按记录填好。'
            : '还没有专项考察。上级考察以后，反馈和要回复的都在这里。',
        }}
      />
    </Page>
  )
}

const checking: readonly OrganizationKind[] = ['working_committee', 'party_committee', 'general_branch']

function Organization({ name, kinds }: { name: string; kinds?: readonly OrganizationKind[] }) {
  return (
    <FormField
      name={name}
      render={(control) => (
        <OrganizationPicker
          id={control.id}
          invalid={control.invalid}
          aria-describedby={control['aria-describedby']}
          value={typeof control.value === 'string' ? control.value : null}
          {...(kinds && { kinds })}
          onChange={(id) => control.onChange(id)}
        />
      )}
    />
  )
}

/** Whom, by whom and of which days; the rest comes from records. */
export function NewPoliticalCheckPage() {
  const session = useSession()
  const own = session.organizations.find(({ id }) => id === actsFor(session)?.id)
  const navigate = useNavigate()
  const starting = useSubmit(contract.startCheck)
  const form = useFields({
    name: 'political-check',
    schema: contract.startCheck.body,
    initial: {
      from: `${session.today.slice(0, 4)}-01-01`,
      to: session.today,
      ...(own && (checking as readonly string[]).includes(own.kind) && { byId: own.id }),
    },
    draftKey: 'political-check:new',
  })
  return (
    <Page title="开始专项考察" crumbs={[{ label: '专项考察', to: '/political-checks' }]} narrow>
      <Panel>
        <FieldForm
          form={form}
          submitLabel="开始"
          note="清单里的数从记录里取，不用被考察的组织报材料。考察的是组织，不评价个人，不打分。"
          onSubmit={async (body) => {
            const { id } = await starting.send({ body })
            void navigate({ href: `/political-checks/${id}`, replace: true })
          }}
        >
          <Organization name="byId" kinds={checking} />
          <Organization name="organizationId" />
          <FormField name="from" control="date" />
          <FormField name="to" control="date" />
        </FieldForm>
      </Panel>
    </Page>
  )
}
