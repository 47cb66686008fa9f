import { Button } from 'antd'
import { Suspense } from 'react'
import type { z } from 'zod'
import { call } from '../../../../kernel/http/call.ts'
import { FieldForm, FormField } from '../../../../ui/field-form.tsx'
import { Go, GoButton } from '../../../../ui/go.tsx'
import { Page, Panel } from '../../../../ui/page.tsx'
import type { Column, Filter } from '../../../../ui/query-table-shape.ts'
import { useSession } from '../../../../ui/session.tsx'
import { RecordList } from '../../../../ui/record-list.tsx'
import { Loaded } from '../../../../ui/states.tsx'
import { StatusTag } from '../../../../ui/status-tag.tsx'
import { useCall, useSubmit } from '../../../../ui/use-call.ts'
import { useFields } from '../../../../ui/use-fields.ts'
import { PersonPicker } from '../../../directory/web/index.ts'
import * as contract from '../../ideology/keepers.contract.ts'
import { RecordTabs } from '../record-tabs.tsx'
import { Steps } from './steps.tsx'
import styles from './steps.module.css'

const chosen = (names: Readonly<Record<string, string>>) => Object.entries(names).map(([value, label]) => ({ value, label }))
const filters: readonly Filter[] = [
  { key: 'level', title: '层级', kind: 'select', width: 10, options: chosen(contract.levels) },
  { key: 'gaps', title: '缺责任人', kind: 'select', width: 10, options: [{ value: 'yes', label: '只看缺的' }] },
]
const named = (row: contract.KeeperLine, duty: contract.IdeologyDuty) =>
  row.keepers.find((one) => one.duty === duty)?.person.name ?? '－'

const columns: readonly Column<contract.KeeperLine>[] = [
  { key: 'organization', title: '组织', fixed: true, wrap: true, cell: (row) => row.organization.name },
  { key: 'level', title: '层级', cell: (row) => contract.levels[row.level] },
  { key: 'first', title: '第一责任人', cell: (row) => named(row, 'first') },
  { key: 'direct', title: '直接责任人', cell: (row) => named(row, 'direct') },
  {
    key: 'gap',
    title: '情况',
    cell: (row) =>
      row.gapSince === null ? (
        <StatusTag tone="done">有人负责</StatusTag>
      ) : (
        <StatusTag tone="short">{`自 ${row.gapSince} 起缺`}</StatusTag>
      ),
  },
]

type Query = z.input<(typeof contract.listKeepers)['query']>

/** 意识形态责任制: who answers for it on the three levels, and where nobody does. Nothing of what anybody says stands here. */
export function KeepersPage() {
  return (
    <Page
      title="意识形态责任制"
      crumbs={[{ label: '会议', to: '/meetings' }]}
      actions={
        <>
          <GoButton to="/ideology/outlets">阵地登记</GoButton>
          <GoButton to="/ideology-reports">履行报告</GoButton>
        </>
      }
    >
      <RecordTabs now="/ideology" />
      <RecordList<contract.KeeperLine>
        name="ideology-keepers"
        caption="三级意识形态责任人"
        columns={columns}
        filters={filters}
        idOf={(row) => row.organization.id}
        read={(query, signal) => call(contract.listKeepers, { query: query as Query }, { signal })}
        exportPath={contract.exportKeepers.path}
        empty={{ sentence: '没有缺责任人的组织。' }}
        detailTitle="责任人"
        detail={(id) => <Beside key={id} id={id} />}
      />
    </Page>
  )
}

function Beside({ id }: { id: string }) {
  const found = useCall(contract.listKeepers, { query: { under: id, limit: 500 } })
  return (
    <Loaded query={found}>
      {(data) => {
        const line = data.items.find((one) => one.organization.id === id)
        return line ? <Shown key={line.keepers.map((one) => one.id).join()} line={line} /> : <p>没有找到这个组织。</p>
      }}
    </Loaded>
  )
}

function Shown({ line }: { line: contract.KeeperLine }) {
  return (
    <div className={styles.stack}>
      <p className={styles.heading}>{line.organization.name}</p>
      {line.gapSince !== null && <p className={styles.notice}>自 {line.gapSince} 起没有责任人，请登记。</p>}
      {line.keepers.map((one) => (
        <Panel key={one.id} title={`${contract.ideologyDuties[one.duty]}：${one.person.name}`}>
          <p>自 {one.from} 起</p>
          {line.mayName && <Steps id={one.id} steps={[{ verb: 'end', label: '离任', endpoint: contract.endKeeper }]} />}
        </Panel>
      ))}
      {line.mayName && <Name line={line} />}
      {line.past.length > 0 && (
        <Panel title="以前的责任人">
          <ul className={styles.list}>
            {line.past.map((one) => (
              <li key={`${one.person.id} ${one.from}`}>
                {one.person.name}（{contract.ideologyDuties[one.duty]}）
                <small>
                  {one.from} 至 {one.to}，{one.reason}
                </small>
              </li>
            ))}
          </ul>
        </Panel>
      )}
      <p>
        <Go to={`/ideology/outlets?under=${line.organization.id}`}>它管的阵地</Go>
      </p>
    </div>
  )
}

/** Names somebody; who held the duty until now ends the day before. */
function Name({ line }: { line: contract.KeeperLine }) {
  const { today } = useSession()
  const naming = useSubmit(contract.nameKeeper)
  const form = useFields({
    name: 'keeper',
    schema: contract.nameKeeper.body,
    initial: {
      organizationId: line.organization.id,
      duty: line.keepers.some(({ duty }) => duty === 'first') ? 'direct' : 'first',
      from: today,
    },
  })
  return (
    <Panel title="登记责任人">
      <FieldForm form={form} submitLabel="登记" onSubmit={(body) => naming.send({ body })}>
        <FormField name="duty" control="radio" options={chosen(contract.ideologyDuties)} />
        <FormField name="personId" render={(control) => <PickPerson control={control} />} />
        <FormField name="from" />
      </FieldForm>
    </Panel>
  )
}

interface Picked {
  readonly id: string
  readonly value: unknown
  readonly invalid: boolean
  readonly 'aria-describedby': string | undefined
  readonly onChange: (value: unknown) => void
}

/** One person in a form. */
export function PickPerson({ control, name }: { control: Picked; name?: string | undefined }) {
  return (
    <Suspense fallback={<Button loading>正在读取</Button>}>
      <PersonPicker
        id={control.id}
        invalid={control.invalid}
        aria-describedby={control['aria-describedby']}
        value={typeof control.value === 'string' ? control.value : null}
        {...(name !== undefined && { name })}
        onChange={(id) => control.onChange(id)}
      />
    </Suspense>
  )
}
