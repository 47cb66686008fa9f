import { useNavigate } from '@tanstack/react-router'
import { useParam } from '../../../ui/address.ts'
import { Page } from '../../../ui/page.tsx'
import { useSession } from '../../../ui/session.tsx'
import { Loaded } from '../../../ui/states.tsx'
import { useCall, useSubmit } from '../../../ui/use-call.ts'
import { useFields } from '../../../ui/use-fields.ts'
import { targetGroups } from '../classes/classes.contract.ts'
import { correctPlan, createPlan, planBody, type PlanPage, showPlan } from '../plans/plans.contract.ts'
import type { Row, RowColumn } from './rows-editor.tsx'
import { optionsOf, useOrganizations, WholeForm } from './whole-form.tsx'

const columns: readonly RowColumn[] = [
  { key: 'title', title: '班次名称' },
  { key: 'targetGroup', title: '培训对象', kind: 'select', options: optionsOf(targetGroups) },
  {
    key: 'month',
    title: '月份',
    kind: 'select',
    options: Array.from({ length: 12 }, (_, at) => ({ value: at + 1, label: `${at + 1} 月` })),
  },
  { key: 'hours', title: '学时', kind: 'number', step: 0.5, most: 500 },
]
const rows = {
  name: 'items',
  noun: '班',
  columns,
  begin: (last: Row | undefined): Row => ({ month: last?.['month'], hours: last?.['hours'] }),
}

/** 做年度计划. */
export function NewPlanPage() {
  const navigate = useNavigate()
  const { today } = useSession()
  const year = Number(today.slice(0, 4))
  const { first, options } = useOrganizations()
  const sending = useSubmit(createPlan)
  const form = useFields({
    name: 'training-plan',
    schema: planBody,
    initial: { ...(first && { organizationId: first }), year, title: `${year}年培训计划`, items: [{} as never] },
    draftKey: 'training-plan',
  })
  return (
    <Page title="做年度计划" crumbs={[{ label: '培训计划', to: '/training-plans' }]} narrow>
      <WholeForm
        form={form}
        fields={['title', 'organizationId', 'year', 'note']}
        options={{ organizationId: options }}
        areas={['note']}
        rows={rows}
        submitLabel="记好"
        onSubmit={async (body) => {
          const { id } = await sending.send({ body })
          await navigate({ href: `/training-plans/${id}` })
        }}
      />
    </Page>
  )
}

/** 更正年度计划; lines keep their classes. */
export function CorrectPlanPage() {
  const id = useParam('id')
  const plan = useCall(showPlan, { params: { id } })
  return <Loaded query={plan}>{(page) => <Correct key={page.id} page={page} />}</Loaded>
}

function Correct({ page }: { page: PlanPage }) {
  const navigate = useNavigate()
  const sending = useSubmit(correctPlan)
  const form = useFields({
    name: 'correct-plan',
    schema: correctPlan.body,
    initial: {
      title: page.title,
      ...(page.note && { note: page.note }),
      items: page.items.map(({ held: _held, ...item }) => item),
      revision: page.revision,
    },
  })
  const at = `/training-plans/${page.id}`
  return (
    <Page title="更正年度计划" crumbs={[{ label: page.title, to: at }]} narrow>
      <WholeForm
        form={form}
        fields={['title', 'note']}
        areas={['note']}
        rows={rows}
        last={['reason']}
        submitLabel="更正"
        onSubmit={async (body) => {
          await sending.send({ params: { id: page.id }, body })
          await navigate({ href: at })
        }}
      />
    </Page>
  )
}
