import { useNavigate } from '@tanstack/react-router'
import { addMonths } from '../../../../kernel/time/civil-date.ts'
import { useAddress } from '../../../../ui/address.ts'
import { FieldForm, FormField } from '../../../../ui/field-form.tsx'
import { Page, Panel } from '../../../../ui/page.tsx'
import { actsFor, useSession } from '../../../../ui/session.tsx'
import { useCall, useSubmit } from '../../../../ui/use-call.ts'
import { useFields } from '../../../../ui/use-fields.ts'
import { listCases } from '../../cases/cases.contract.ts'
import { listDecisions } from '../../decisions/decisions.contract.ts'
import { listExamples } from '../../examples/examples.contract.ts'
import { enterLocalRule } from '../../local-rules/local-rules.contract.ts'
import { localRuleKinds, type OriginKind, originKinds } from '../../local-rules/local-rules.lifecycle.ts'
import { listProblems } from '../../problems/problems.contract.ts'
import { organization } from '../records/pickers.tsx'
import { oneFile } from './rule-file.tsx'

const optionsOf = (of: Readonly<Record<string, string>>) => Object.entries(of).map(([value, label]) => ({ value, label }))

/** A lasting rule is entered: in force from when, to be looked at again by when, and what it came from. */
export function NewLocalRulePage() {
  const session = useSession()
  const [search] = useAddress()
  const navigate = useNavigate()
  const entering = useSubmit(enterLocalRule)
  const own = search.organization ?? actsFor(session)?.id
  const form = useFields({
    name: 'local-rule-new',
    schema: enterLocalRule.body,
    initial: {
      ...(own && { organizationId: own }),
      inForceFrom: session.today,
      reviewOn: addMonths(session.today, 24),
    },
    draftKey: 'local-rule:new',
  })
  const under = (form.values['organizationId'] ?? own ?? '') as string
  const origin = form.values['originKind'] as OriginKind | undefined
  const origins = useOrigins(origin, under)
  return (
    <Page title="登记制度" crumbs={[{ label: '制度', to: '/local-rules' }]} narrow>
      <Panel>
        <FieldForm
          form={form}
          submitLabel="登记"
          onSubmit={async (body) => {
            const { id } = await entering.send({ body })
            void navigate({ href: `/local-rules/${id}`, replace: true })
          }}
        >
          <FormField name="organizationId" render={organization} />
          <FormField name="title" />
          <FormField name="kind" options={optionsOf(localRuleKinds)} />
          <FormField name="number" />
          <FormField name="inForceFrom" />
          <FormField name="reviewOn" />
          <FormField name="gist" control="area" />
          <FormField name="originKind" control="select" options={optionsOf(originKinds)} help="由哪一件事而来，可以不选。" />
          {origin && <FormField name="originId" title={originKinds[origin]} control="select" options={origins} />}
          <FormField name="fileId" render={oneFile(under)} />
        </FieldForm>
      </Panel>
    </Page>
  )
}

/** What one list has, to be chosen from; nothing while it is not asked or not there yet. */
function titled({ data }: { data: { items: readonly { id: string; title: string }[] } | undefined }) {
  return (data?.items ?? []).map(({ id, title }) => ({ value: id, label: title }))
}

function useOrigins(kind: OriginKind | undefined, under: string): { value: string; label: string }[] {
  const asked = { query: { under, limit: 100 } }
  const known = under !== ''
  const problems = useCall(listProblems, known && kind === 'problem' ? asked : null)
  const decisions = useCall(listDecisions, known && kind === 'decision' ? { query: { limit: 100 } } : null)
  const cases = useCall(listCases, known && kind === 'case' ? asked : null)
  const examples = useCall(listExamples, known && kind === 'example' ? asked : null)
  return [problems, decisions, cases, examples].flatMap(titled)
}
