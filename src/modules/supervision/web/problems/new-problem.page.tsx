import { useNavigate } from '@tanstack/react-router'
import { useAddress } from '../../../../ui/address.ts'
import { FieldForm, FormField } from '../../../../ui/field-form.tsx'
import { Page, Panel } from '../../../../ui/page.tsx'
import { actsFor, useSession } from '../../../../ui/session.tsx'
import { useSubmit } from '../../../../ui/use-call.ts'
import { useFields } from '../../../../ui/use-fields.ts'
import { dimensions } from '../../../rulebook/obligations/obligations.contract.ts'
import { raiseProblem } from '../../problems/problems.contract.ts'
import { sources } from '../../problems/problems.lifecycle.ts'
import { organization } from '../records/pickers.tsx'

const optionsOf = (of: Readonly<Record<string, string>>) => Object.entries(of).map(([value, label]) => ({ value, label }))

/** A problem that somebody signed in raises; whoever wants to remain unknown finds the way beside it. */
export function NewProblemPage() {
  const session = useSession()
  const [search] = useAddress()
  const navigate = useNavigate()
  const raising = useSubmit(raiseProblem)
  const own = search.organization ?? actsFor(session)?.id
  const form = useFields({
    name: 'problem-new',
    schema: raiseProblem.body,
    initial: { ...(own && { organizationId: own }) },
    draftKey: 'problem:new',
  })
  return (
    <Page title="提问题" crumbs={[{ label: '问题清单', to: '/problems' }]} narrow>
      <Panel>
        <p>
          办理的人看得到是您提的，办完请您确认。不想让人知道是谁提的，请退出后走 <a href="/letter">匿名反映</a>。
        </p>
        <FieldForm
          form={form}
          submitLabel="提出"
          onSubmit={async (body) => {
            const { id } = await raising.send({ body })
            void navigate({ href: `/problems/${id}`, replace: true })
          }}
        >
          <FormField name="organizationId" title="哪个组织的问题" render={organization} />
          <FormField name="title" help="一句话写明是什么问题。" />
          <FormField name="description" control="area" />
          <FormField name="source" options={optionsOf(sources)} />
          <FormField name="dimension" options={optionsOf(dimensions)} />
        </FieldForm>
      </Panel>
    </Page>
  )
}
