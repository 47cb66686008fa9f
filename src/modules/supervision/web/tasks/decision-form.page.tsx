import { useNavigate } from '@tanstack/react-router'
import { Button, Input } from 'antd'
import { useParam } from '../../../../ui/address.ts'
import { DateField } from '../../../../ui/date-field.tsx'
import { FieldForm, FormField, Labelled } from '../../../../ui/field-form.tsx'
import { Page, Panel } from '../../../../ui/page.tsx'
import { actsFor, useSession } from '../../../../ui/session.tsx'
import { Loaded } from '../../../../ui/states.tsx'
import { useCall, useSubmit } from '../../../../ui/use-call.ts'
import { useFields } from '../../../../ui/use-fields.ts'
import { OrganizationPicker } from '../../../directory/web/index.ts'
import { correctDecision, type DecisionPage, recordDecision, showDecision } from '../../decisions/decisions.contract.ts'
import styles from './tasks.module.css'

const crumbs = [{ label: '上级部署', to: '/decisions' }]

/** Records what those above decided: number, title, issuer, day, matters. */
export function NewDecisionPage() {
  const session = useSession()
  const { today } = session
  const own = actsFor(session)
  const navigate = useNavigate()
  const recording = useSubmit(recordDecision)
  const form = useFields({
    name: 'decision-new',
    schema: recordDecision.body,
    initial: {
      issuedOn: today,
      matters: [emptyMatter] as never,
      ...(own && { organizationId: own.id }),
    },
    draftKey: 'decision:new',
  })
  return (
    <Page title="登记部署" crumbs={crumbs} narrow>
      <Panel>
        <FieldForm
          form={form}
          submitLabel="登记"
          onSubmit={async (body) => {
            const { id } = await recording.send({ body })
            void navigate({ href: `/decisions?open=${id}`, replace: true })
          }}
        >
          <Words />
          <FormField
            name="organizationId"
            render={(control) => (
              <OrganizationPicker
                id={control.id}
                invalid={control.invalid}
                aria-describedby={control['aria-describedby']}
                value={typeof control.value === 'string' ? control.value : null}
                onChange={(id) => control.onChange(id)}
              />
            )}
          />
          <Matters
            rows={form.values['matters'] as MatterRow[]}
            errors={form.errors}
            onChange={(matters) => form.change({ matters })}
          />
        </FieldForm>
      </Panel>
    </Page>
  )
}

function Words() {
  return (
    <>
      <FormField name="documentNumber" help="没有文号的，写会议或口头部署的名称。" />
      <FormField name="title" />
      <FormField name="issuer" />
      <FormField name="issuedOn" />
    </>
  )
}

/** Corrects a decision; matters that have tasks stay. */
export function CorrectDecisionPage() {
  const id = useParam('id')
  const found = useCall(showDecision, { params: { id } })
  return (
    <Page title="更正部署" crumbs={crumbs} narrow>
      <Panel>
        <Loaded query={found}>{(data) => <Correct key={data.revision} found={data} />}</Loaded>
      </Panel>
    </Page>
  )
}

function Correct({ found }: { found: DecisionPage }) {
  const navigate = useNavigate()
  const act = useSubmit(correctDecision)
  const { documentNumber, title, issuer, issuedOn, revision } = found
  const form = useFields({
    name: 'decision-correct',
    schema: correctDecision.body,
    initial: {
      documentNumber,
      title,
      issuer,
      issuedOn,
      revision,
      matters: found.matters.map(({ id, text, dueOn }) => ({ id, text, dueOn })),
    },
  })
  return (
    <FieldForm
      form={form}
      submitLabel="更正"
      onSubmit={async (body) => {
        await act.send({ params: { id: found.id }, body })
        void navigate({ href: `/decisions?open=${found.id}`, replace: true })
      }}
    >
      <Words />
      <Matters
        rows={form.values['matters'] as MatterRow[]}
        errors={form.errors}
        onChange={(matters) => form.change({ matters })}
      />
      <FormField name="reason" control="area" title="为什么更正" />
    </FieldForm>
  )
}

interface MatterRow {
  readonly id?: string
  readonly text: string
  readonly dueOn: string | null
}
const emptyMatter: MatterRow = { text: '', dueOn: null }

interface MattersProps {
  readonly rows: readonly MatterRow[]
  readonly errors: ReadonlyMap<string, string>
  readonly onChange: (rows: MatterRow[]) => void
}

function Matters({ rows, errors, onChange }: MattersProps) {
  const set = (at: number, part: Partial<MatterRow>) =>
    onChange(rows.map((row, index) => (index === at ? { ...row, ...part } : row)))
  return (
    <div>
      {rows.map((row, at) => {
        const [text, due] = [`matter-${at}-text`, `matter-${at}-due`]
        const [textError, dueError] = [errors.get(`matters.${at}.text`), errors.get(`matters.${at}.dueOn`)]
        return (
          // Rows have no identity but their place.
          <fieldset key={at} className={styles.row}>
            <legend>要点 {at + 1}</legend>
            <Labelled id={text} title={`要点 ${at + 1} 内容`} error={textError}>
              <Input.TextArea
                id={text}
                aria-invalid={textError !== undefined}
                aria-describedby={textError && `${text}-error`}
                autoSize={{ minRows: 2, maxRows: 8 }}
                value={row.text}
                onChange={(event) => set(at, { text: event.target.value })}
              />
            </Labelled>
            <Labelled id={due} title={`要点 ${at + 1} 时限`} error={dueError}>
              <DateField
                id={due}
                invalid={dueError !== undefined}
                aria-describedby={dueError && `${due}-error`}
                value={row.dueOn}
                onChange={(dueOn) => set(at, { dueOn })}
              />
            </Labelled>
            {rows.length > 1 && (
              <Button size="small" onClick={() => onChange(rows.filter((_row, index) => index !== at))}>
                去掉要点 {at + 1}
              </Button>
            )}
          </fieldset>
        )
      })}
      <Button onClick={() => onChange([...rows, { ...emptyMatter, dueOn: rows.at(-1)?.dueOn ?? null }])}>再加一个要点</Button>
    </div>
  )
}
