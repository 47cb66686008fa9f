import { useNavigate } from '@tanstack/react-router'
import { useAddress } from '../../../../ui/address.ts'
import { FieldForm, FormField } from '../../../../ui/field-form.tsx'
import { Page, Panel } from '../../../../ui/page.tsx'
import { actsFor, useSession } from '../../../../ui/session.tsx'
import { useSubmit } from '../../../../ui/use-call.ts'
import { useFields } from '../../../../ui/use-fields.ts'
import { dimensions } from '../../../rulebook/obligations/obligations.contract.ts'
import { writeExample } from '../../examples/examples.contract.ts'
import { organization } from '../records/pickers.tsx'

const dimensionOptions = Object.entries(dimensions).map(([value, label]) => ({ value, label }))
const schema = writeExample.body.omit({ records: true })

/** A good practice in words; the records that it rests on are linked on its page. */
export function NewExamplePage() {
  const session = useSession()
  const [search] = useAddress()
  const navigate = useNavigate()
  const writing = useSubmit(writeExample)
  const own = search.organization ?? actsFor(session)?.id
  const form = useFields({
    name: 'example-new',
    schema,
    initial: { ...(own && { organizationId: own }) },
    draftKey: 'example:new',
  })
  return (
    <Page title="写好做法" crumbs={[{ label: '好做法', to: '/examples' }]} narrow>
      <Panel>
        <FieldForm
          form={form}
          submitLabel="存为草稿"
          onSubmit={async (body) => {
            const { id } = await writing.send({ body: { ...body, records: [] } })
            void navigate({ href: `/examples/${id}`, replace: true })
          }}
        >
          <FormField name="organizationId" render={organization} />
          <FormField name="title" help="一句话说清是什么做法。" />
          <FormField name="dimension" options={dimensionOptions} />
          <FormField name="practice" control="area" />
          <FormField name="effect" control="area" />
        </FieldForm>
      </Panel>
    </Page>
  )
}
