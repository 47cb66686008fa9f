import { useNavigate } from '@tanstack/react-router'
import { useParam } from '../../../ui/address.ts'
import { Page } from '../../../ui/page.tsx'
import { useSession } from '../../../ui/session.tsx'
import { Loaded } from '../../../ui/states.tsx'
import { useCall, useSubmit } from '../../../ui/use-call.ts'
import { useFields } from '../../../ui/use-fields.ts'
import {
  correctStudyPlan,
  createStudyPlan,
  showStudyPlan,
  studyPlanBody,
  type StudyPlanPage,
} from '../studies/studies.contract.ts'
import { filled, type Row, type RowColumn } from './rows-editor.tsx'
import { useOrganizations, WholeForm } from './whole-form.tsx'

const columns: readonly RowColumn[] = [
  { key: 'title', title: '单元' },
  { key: 'byDay', title: '学到哪天', kind: 'date' },
  { key: 'asked', title: '自测题数', kind: 'number', most: 50 },
  { key: 'rightShare', title: '答对几成算学完，0.8 即八成', kind: 'number', step: 0.1, most: 1 },
  { key: 'material', title: '学什么', kind: 'area' },
]
const begin = (): Row => ({ asked: 5, rightShare: 0.8 })
const rows = { name: 'units', noun: '单元', columns, begin }

/** 排学习计划. */
export function NewStudyPlanPage() {
  const navigate = useNavigate()
  const { today } = useSession()
  const { first, options } = useOrganizations()
  const sending = useSubmit(createStudyPlan)
  const regulations = ['支部工作条例', '机关基层组织工作条例', '党员教育管理工作条例']
  const form = useFields({
    name: 'study-plan',
    schema: studyPlanBody,
    initial: {
      ...(first && { organizationId: first }),
      year: Number(today.slice(0, 4)),
      topic: 'three_regulations',
      audience: 'party_workers',
      title: '三大条例学习',
      units: regulations.map((title) => ({ ...begin(), title })) as never,
    },
    draftKey: 'study-plan',
  })
  return (
    <Page title="排学习计划" crumbs={[{ label: '学习计划', to: '/study-plans' }]} narrow>
      <WholeForm
        form={form}
        fields={['title', 'organizationId', 'year', 'topic', 'audience', 'note']}
        options={{ organizationId: options }}
        areas={['note']}
        rows={rows}
        submitLabel="排好了"
        onSubmit={async (body) => {
          const { id } = await sending.send({ body: { ...body, units: filled(body.units) as typeof body.units } })
          await navigate({ href: `/study-plans/${id}` })
        }}
      />
    </Page>
  )
}

/** 更正学习计划; a unit that somebody is done with stays. */
export function CorrectStudyPlanPage() {
  const id = useParam('id')
  const plan = useCall(showStudyPlan, { params: { id } })
  return <Loaded query={plan}>{(page) => <Correct key={page.id} page={page} />}</Loaded>
}

function Correct({ page }: { page: StudyPlanPage }) {
  const navigate = useNavigate()
  const sending = useSubmit(correctStudyPlan)
  const { title, note, revision } = page
  const units = page.units.map(({ questions: _questions, doneOn: _doneOn, ...unit }) => unit)
  const form = useFields({
    name: 'correct-study-plan',
    schema: correctStudyPlan.body,
    initial: { title, ...(note && { note }), units: filled(units) as never, revision },
  })
  const at = `/study-plans/${page.id}`
  return (
    <Page title="更正学习计划" crumbs={[{ label: title, to: at }]} narrow>
      <WholeForm
        form={form}
        fields={['title', 'note']}
        areas={['note']}
        rows={rows}
        last={['reason']}
        submitLabel="更正"
        onSubmit={async (body) => {
          await sending.send({ params: { id: page.id }, body: { ...body, units: filled(body.units) as typeof body.units } })
          await navigate({ href: at })
        }}
      />
    </Page>
  )
}
