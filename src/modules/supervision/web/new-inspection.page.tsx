import { useNavigate } from '@tanstack/react-router'
import { CallProblem } from '../../../kernel/http/call.ts'
import { addDays } from '../../../kernel/time/civil-date.ts'
import { FieldForm, FormField } from '../../../ui/field-form.tsx'
import { Page, Panel } from '../../../ui/page.tsx'
import { useSession } from '../../../ui/session.tsx'
import { useAddress } from '../../../ui/address.ts'
import { useCall, useSubmit } from '../../../ui/use-call.ts'
import { useFields } from '../../../ui/use-fields.ts'
import { OrganizationsPicker, PersonsPicker } from '../../directory/web/index.ts'
import { planInspections } from '../inspections/inspections.contract.ts'
import { manners } from '../inspections/inspections.lifecycle.ts'
import { showProject } from '../key-projects/key-projects.contract.ts'

const listed = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])

/** Plans visits: where, who, when. The checklist is drawn up by itself and can be edited afterwards. */
export function NewInspectionPage() {
  const { today } = useSession()
  const navigate = useNavigate()
  const planning = useSubmit(planInspections)
  const [{ project }] = useAddress()
  const about = useCall(showProject, project ? { params: { id: project } } : null)
  const form = useFields({
    name: 'inspection-new',
    schema: planInspections.body,
    initial: {
      manner: 'open',
      visitOn: addDays(today, 3),
      organizationIds: [],
      inspectorIds: [],
      ...(project && { keyProjectId: project }),
    },
    draftKey: project ? `inspection:new:${project}` : 'inspection:new',
  })
  const lately = planning.error instanceof CallProblem && planning.error.code === 'supervision.visited_lately'
  return (
    <Page
      title="安排检查"
      crumbs={[
        { label: '督办', to: '/cases' },
        { label: '检查', to: '/inspections' },
      ]}
      narrow
    >
      <Panel>
        {about.data && (
          <p>
            检查重点项目：{about.data.name}。请选它的责任单位（{about.data.organization.name}）下的组织，或它的临时党支部。
          </p>
        )}
        <FieldForm
          form={form}
          submitLabel="安排检查"
          note="每个组织一次检查。清单由条文和该组织近一年的薄弱处拟出，安排以后可以改。近期检查过的组织免检，会说明是哪天去过。几个单位的人一起去，就是联合检查。"
          onSubmit={async (body) => {
            const { ids } = await planning.send({ body })
            void navigate({ href: ids.length === 1 ? `/inspections/${ids[0]}` : '/inspections', replace: true })
          }}
        >
          <FormField name="title" help="一句话，如：窗口作风检查。" />
          <FormField name="manner" options={Object.entries(manners).map(([value, label]) => ({ value, label }))} />
          <FormField
            name="organizationIds"
            render={(control) => (
              <OrganizationsPicker
                id={control.id}
                invalid={control.invalid}
                aria-describedby={control['aria-describedby']}
                value={listed(control.value)}
                onChange={(ids) => control.onChange(ids)}
              />
            )}
          />
          <FormField
            name="inspectorIds"
            render={(control) => (
              <PersonsPicker
                id={control.id}
                invalid={control.invalid}
                aria-describedby={control['aria-describedby']}
                value={listed(control.value)}
                onChange={(ids) => control.onChange(ids)}
              />
            )}
          />
          <FormField name="visitOn" earliest={today} />
          {(lately || Boolean(form.values.despite)) && <FormField name="despite" control="area" />}
        </FieldForm>
      </Panel>
    </Page>
  )
}
