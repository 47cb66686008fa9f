import { useNavigate } from '@tanstack/react-router'
import type { z } from 'zod'
import { call } from '../../../../kernel/http/call.ts'
import { addMonths, inChinese } from '../../../../kernel/time/civil-date.ts'
import { Facts } from '../../../../ui/facts.tsx'
import { FieldForm, FormField } from '../../../../ui/field-form.tsx'
import { GoButton } from '../../../../ui/go.tsx'
import { Page, Panel } from '../../../../ui/page.tsx'
import type { Column, Filter } from '../../../../ui/query-table-shape.ts'
import { actsFor, useAbility, useSession } from '../../../../ui/session.tsx'
import { RecordList } from '../../../../ui/record-list.tsx'
import { Loaded } from '../../../../ui/states.tsx'
import { StatusTag } from '../../../../ui/status-tag.tsx'
import { useCall, useSubmit } from '../../../../ui/use-call.ts'
import { useFields } from '../../../../ui/use-fields.ts'
import { OrganizationPicker } from '../../../directory/web/index.ts'
import * as contract from '../../ideology/outlets.contract.ts'
import { PickPerson } from './keepers.page.tsx'
import { FieldsOf, type Step, Steps } from './steps.tsx'
import styles from './steps.module.css'

const crumbs = [{ label: '意识形态责任制', to: '/ideology' }]
const chosen = (names: Readonly<Record<string, string>>) => Object.entries(names).map(([value, label]) => ({ value, label }))
const filters: readonly Filter[] = [
  { key: 'text', title: '名称', kind: 'text', width: 11 },
  { key: 'kind', title: '种类', kind: 'select', width: 10, options: chosen(contract.outletKinds) },
  { key: 'state', title: '状态', kind: 'select', width: 8, options: chosen(contract.outletStates) },
  { key: 'review', title: '复核', kind: 'select', width: 9, options: [{ value: 'due', label: '到期待复核' }] },
]

function Standing({ row }: { row: contract.OutletLine }) {
  if (row.state === 'closed') return <StatusTag tone="none">{`已注销 ${row.closedOn ?? ''}`}</StatusTag>
  return row.reviewDue ? <StatusTag tone="late">该复核了</StatusTag> : <StatusTag tone="done">在用</StatusTag>
}

const columns: readonly Column<contract.OutletLine>[] = [
  { key: 'name', title: '名称', fixed: true, wrap: true, cell: (row) => row.name },
  { key: 'kind', title: '种类', cell: (row) => contract.outletKinds[row.kind] },
  { key: 'organization', title: '主办组织', wrap: true, cell: (row) => row.organization.name },
  { key: 'keeper', title: '管理员', cell: (row) => row.keeper.name },
  { key: 'deputy', title: '备岗', cell: (row) => row.deputy?.name ?? '－' },
  { key: 'reviewOn', title: '下次复核', cell: (row) => row.reviewOn },
  { key: 'state', title: '状态', cell: (row) => <Standing row={row} /> },
]

type Query = z.input<(typeof contract.listOutlets)['query']>

/** 阵地登记: which outlets there are and who answers for each; their contents are nobody's business here. */
export function OutletsPage() {
  const mayRegister = useAbility('orglife.outlet.register')
  return (
    <Page
      title="阵地登记"
      crumbs={crumbs}
      actions={
        mayRegister && (
          <GoButton to="/ideology/outlets/new" type="primary">
            登记阵地
          </GoButton>
        )
      }
    >
      <RecordList<contract.OutletLine>
        name="outlets"
        caption="阵地登记"
        columns={columns}
        filters={filters}
        idOf={(row) => row.id}
        read={(query, signal) => call(contract.listOutlets, { query: query as Query }, { signal })}
        exportPath={contract.exportOutlets.path}
        empty={{ sentence: '还没有登记阵地。网站、公众号、工作群都登记一下由谁管，只登记责任，不看内容。' }}
        detailTitle="阵地"
        detail={(id) => <Beside key={id} id={id} />}
      />
    </Page>
  )
}

function Beside({ id }: { id: string }) {
  const found = useCall(contract.showOutlet, { params: { id } })
  return <Loaded query={found}>{(data) => <Shown key={data.revision} found={data} />}</Loaded>
}

function stepsOf(found: contract.OutletPage, today: string): Step[] {
  const { revision, kind, name, openedOn, reviewOn } = found
  const body = {
    revision,
    kind,
    name,
    openedOn,
    reviewOn,
    keeperId: found.keeper.id,
    ...(found.address && { address: found.address }),
    ...(found.deputy && { deputyId: found.deputy.id }),
  }
  const steps: Step[] = [
    { verb: 'review', label: '复核', endpoint: contract.reviewOutlet, initial: { reviewOn: addMonths(today, 6) } },
    {
      verb: 'correct',
      label: '更正',
      endpoint: contract.correctOutlet,
      initial: body,
      fields: <Fields keeper={found.keeper.name} deputy={found.deputy?.name} body={contract.correctOutlet.body} />,
    },
    { verb: 'close', label: '注销', endpoint: contract.closeOutlet, initial: { on: today } },
  ]
  return steps.filter(({ verb }) => found.abilities.includes(verb))
}

function Shown({ found }: { found: contract.OutletPage }) {
  const { today } = useSession()
  return (
    <div className={styles.stack}>
      <p className={styles.heading}>
        {found.name} <Standing row={found} />
      </p>
      <Steps id={found.id} steps={stepsOf(found, today)} />
      <Panel title="登记">
        <Facts
          items={[
            { term: '种类', value: contract.outletKinds[found.kind] },
            { term: '主办组织', value: found.organization.name },
            { term: '网址、账号或地点', value: found.address, wide: true },
            { term: '管理员', value: found.keeper.name },
            { term: '备岗', value: found.deputy?.name },
            { term: '启用日期', value: inChinese(found.openedOn) },
            { term: '下次复核', value: inChinese(found.reviewOn) },
          ]}
        />
      </Panel>
      <Panel title="经过">
        <ul className={styles.list}>
          {found.history.map((one) => (
            <li key={one.at}>
              {one.action}
              <small>
                {one.by}，{one.at.slice(0, 10)}
                {one.reason && `：${one.reason}`}
              </small>
            </li>
          ))}
        </ul>
      </Panel>
    </div>
  )
}

function Fields({ keeper, deputy, body }: { keeper?: string | undefined; deputy?: string | undefined; body: z.ZodObject }) {
  return (
    <>
      <FormField name="keeperId" render={(control) => <PickPerson control={control} name={keeper} />} />
      <FormField name="deputyId" render={(control) => <PickPerson control={control} name={deputy} />} />
      <FieldsOf body={body} except={['keeperId', 'deputyId', 'organizationId', 'revision']} />
    </>
  )
}

/** Registers an outlet. */
export function NewOutletPage() {
  const session = useSession()
  const own = actsFor(session)
  const navigate = useNavigate()
  const registering = useSubmit(contract.registerOutlet)
  const form = useFields({
    name: 'outlet',
    schema: contract.registerOutlet.body,
    initial: {
      openedOn: session.today,
      reviewOn: addMonths(session.today, 6),
      ...(own && { organizationId: own.id }),
      ...(session.person && { keeperId: session.person.id }),
    },
    draftKey: 'outlet:new',
  })
  return (
    <Page title="登记阵地" crumbs={[...crumbs, { label: '阵地登记', to: '/ideology/outlets' }]} narrow>
      <Panel>
        <FieldForm
          form={form}
          submitLabel="登记"
          note="只登记由谁管，不抓取、不查看内容。"
          onSubmit={async (body) => {
            const { id } = await registering.send({ body })
            void navigate({ href: `/ideology/outlets?open=${id}`, replace: true })
          }}
        >
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
          <Fields body={contract.registerOutlet.body} keeper={session.person?.name} />
        </FieldForm>
      </Panel>
    </Page>
  )
}
