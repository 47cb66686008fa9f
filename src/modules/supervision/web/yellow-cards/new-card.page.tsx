import { useNavigate } from '@tanstack/react-router'
import { FieldForm, FormField } from '../../../../ui/field-form.tsx'
import { Page, Panel } from '../../../../ui/page.tsx'
import { useSubmit } from '../../../../ui/use-call.ts'
import { useFields } from '../../../../ui/use-fields.ts'
import { proposeCard } from '../../yellow-cards/cards.contract.ts'
import { organization } from '../records/pickers.tsx'

export function NewCardPage() {
  const navigate = useNavigate()
  const proposing = useSubmit(proposeCard)
  const form = useFields({ name: 'card-new', schema: proposeCard.body, initial: {}, draftKey: 'card:new' })
  return (
    <Page title="建议黄牌" crumbs={[{ label: '黄牌警示', to: '/yellow-cards' }]} narrow>
      <Panel>
        <p>建议不是决定：先听本组织陈述，再由工委决定。</p>
        <FieldForm
          form={form}
          submitLabel="提出建议"
          onSubmit={async (body) => {
            const { id } = await proposing.send({ body })
            void navigate({ href: `/yellow-cards/${id}`, replace: true })
          }}
        >
          <FormField name="organizationId" title="建议警示哪个组织" render={organization} />
          <FormField name="grounds" control="area" help="写明依据哪些记录、连续多久。" />
        </FieldForm>
      </Panel>
    </Page>
  )
}
