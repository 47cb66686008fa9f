import { useNavigate } from '@tanstack/react-router'
import { useAddress } from '../../../../ui/address.ts'
import { FieldForm, FormField } from '../../../../ui/field-form.tsx'
import { Go } from '../../../../ui/go.tsx'
import { Page, Panel } from '../../../../ui/page.tsx'
import { Empty } from '../../../../ui/states.tsx'
import { useSubmit } from '../../../../ui/use-call.ts'
import { useFields } from '../../../../ui/use-fields.ts'
import { fileAppeal } from '../../appeals/appeals.contract.ts'
import { type Measure, measures } from '../../appeals/appeals.lifecycle.ts'

/** An appeal against the measure that the address names. */
export function NewAppealPage() {
  const [search] = useAddress()
  if (search.of) return <Appealing search={search} />
  return (
    <Page title="申诉" crumbs={[{ label: '申诉', to: '/appeals' }]} narrow>
      <Empty
        sentence="申诉从被申诉的决定提出：打开那项督办、那张黄牌或那个问题，点“对这个决定申诉”。"
        next={<Go to="/cases">看督办事项</Go>}
      />
    </Page>
  )
}

function Appealing({ search }: { search: ReturnType<typeof useAddress>[0] }) {
  const navigate = useNavigate()
  const filing = useSubmit(fileAppeal)
  const measure: Measure = search.measure !== undefined && search.measure in measures ? (search.measure as Measure) : 'case_step'
  const form = useFields({
    name: 'appeal-new',
    schema: fileAppeal.body,
    initial: { measure, measureId: search.of ?? '', ...(search.step && { revision: Number(search.step) }) },
    draftKey: `appeal:${search.of ?? ''}:${search.step ?? ''}`,
  })
  return (
    <Page title="申诉" crumbs={[{ label: '申诉', to: '/appeals' }]} narrow>
      <Panel title={measures[measure]}>
        <p>
          由作出原决定的人以外的人复核，二十个<Go to="/working-days">工作日</Go>
          内答复。成立的，原决定撤销，由它引起的一并重新计算。
        </p>
        <FieldForm
          form={form}
          submitLabel="提出申诉"
          onSubmit={async (body) => {
            const { id } = await filing.send({ body })
            void navigate({ href: `/appeals/${id}`, replace: true })
          }}
        >
          <FormField name="reasons" control="area" />
        </FieldForm>
      </Panel>
    </Page>
  )
}
