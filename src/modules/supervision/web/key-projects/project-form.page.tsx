import { useNavigate } from '@tanstack/react-router'
import { useParam } from '../../../../ui/address.ts'
import { FieldForm, FormField } from '../../../../ui/field-form.tsx'
import { Page, Panel } from '../../../../ui/page.tsx'
import { actsFor, useSession } from '../../../../ui/session.tsx'
import { Loaded } from '../../../../ui/states.tsx'
import { useCall, useSubmit } from '../../../../ui/use-call.ts'
import { useFields } from '../../../../ui/use-fields.ts'
import { amendProject, enterProject, type ProjectPage, showProject } from '../../key-projects/key-projects.contract.ts'
import { projectKinds } from '../../key-projects/key-projects.lifecycle.ts'
import { organization, persons } from '../records/pickers.tsx'

const crumbs = [
  { label: '督办', to: '/cases' },
  { label: '重点项目', to: '/key-projects' },
]
const kinds = Object.entries(projectKinds).map(([value, label]) => ({ value, label }))

function SaidFields({ found }: { found?: ProjectPage }) {
  return (
    <>
      <FormField name="kind" options={kinds} />
      <FormField name="name" help="一句话，如：政务大厅改造。" />
      <FormField name="about" control="area" help="做什么、由谁做、做到什么程度。" />
      <FormField name="risks" control="area" />
      <FormField name="startsOn" />
      <FormField name="endsOn" />
      <FormField
        name="supervisorIds"
        help="他们看得到这个项目，临时党支部到期前会收到提醒。"
        render={persons(found?.supervisors)}
      />
      <FormField name="disciplineIds" render={persons(found?.disciplineOfficers)} />
    </>
  )
}

/** Enters a project, a field or a post that is supervised most closely. */
export function NewProjectPage() {
  const session = useSession()
  const navigate = useNavigate()
  const entering = useSubmit(enterProject)
  const own = actsFor(session)?.id
  const form = useFields({
    name: 'key-project-new',
    schema: enterProject.body,
    initial: {
      kind: 'project',
      startsOn: session.today,
      supervisorIds: [],
      disciplineIds: [],
      ...(own && { organizationId: own }),
    },
    draftKey: 'key-project:new',
  })
  return (
    <Page title="登记重点项目" crumbs={crumbs} narrow>
      <Panel>
        <FieldForm
          form={form}
          submitLabel="登记"
          onSubmit={async (body) => {
            const { id } = await entering.send({ body })
            void navigate({ href: `/key-projects/${id}`, replace: true })
          }}
        >
          <FormField name="organizationId" render={organization} />
          <SaidFields />
        </FieldForm>
      </Panel>
    </Page>
  )
}

/** Corrects a project; what was said before stays in its course. */
export function AmendProjectPage() {
  const id = useParam('id')
  const found = useCall(showProject, { params: { id } })
  return (
    <Page title="更正重点项目" crumbs={[...crumbs, { label: found.data?.name ?? '项目', to: `/key-projects/${id}` }]} narrow>
      <Panel>
        <Loaded query={found}>{(data) => <Amend key={data.revision} found={data} />}</Loaded>
      </Panel>
    </Page>
  )
}

const idsOf = (people: readonly { readonly id: string }[]) => people.map(({ id }) => id)

function Amend({ found }: { found: ProjectPage }) {
  const navigate = useNavigate()
  const amending = useSubmit(amendProject)
  const { id, revision, kind, name, about, risks, startsOn, endsOn } = found
  const form = useFields({
    name: 'key-project-amend',
    schema: amendProject.body,
    initial: {
      revision,
      kind,
      name,
      about,
      startsOn,
      ...(risks !== null && { risks }),
      ...(endsOn !== null && { endsOn }),
      supervisorIds: idsOf(found.supervisors),
      disciplineIds: idsOf(found.disciplineOfficers),
    },
    draftKey: `key-project:${id}:${revision}`,
  })
  return (
    <FieldForm
      form={form}
      submitLabel="存下更正"
      onSubmit={async (body) => {
        await amending.send({ params: { id }, body })
        void navigate({ href: `/key-projects/${id}`, replace: true })
      }}
    >
      <SaidFields found={found} />
      <FormField name="reason" control="area" title="为什么更正" />
    </FieldForm>
  )
}
