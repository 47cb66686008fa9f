import { Button, Checkbox } from 'antd'
import { useAddress } from '../../../ui/address.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { Facts } from '../../../ui/facts.tsx'
import type { ControlProps } from '../../../ui/field-control.tsx'
import { FieldForm, FormField } from '../../../ui/field-form.tsx'
import { Page, Panel } from '../../../ui/page.tsx'
import { Empty, Loaded, Refused } from '../../../ui/states.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import { useCall, useSubmit } from '../../../ui/use-call.ts'
import { useFields } from '../../../ui/use-fields.ts'
import { OrganizationPicker } from '../../directory/web/index.ts'
import {
  addRobot,
  changeRobot,
  listRobots,
  type RobotLine,
  robotLines,
  robotProviders,
  type RobotShown,
  testRobot,
} from '../robots/robots.contract.ts'
import styles from './desk.module.css'

const stamp = new Intl.DateTimeFormat('zh-CN', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Asia/Shanghai' })
const lines = Object.entries(robotLines) as readonly (readonly [RobotLine, string])[]

/** 群机器人: where counts and links are told outside. The system administrator keeps it; addresses are never shown again. */
export function RobotsPage() {
  const [search, change] = useAddress()
  const read = useCall(listRobots, {})
  const open = search.open
  const close = () => change({ open: undefined })
  const picked = read.data?.items.find((one) => one.id === open)
  return (
    <Page
      title="群机器人"
      narrow
      actions={
        <Button type="primary" onClick={() => change({ open: 'new' })}>
          加机器人
        </Button>
      }
    >
      <Panel title="发出去的只有这些">
        <p>
          企业微信、钉钉在外网。机器人只发数目和本站链接，不发组织、人员的名称，也不发督办、问题、线索的标题和内容；要看的请登录本站。
        </p>
        <p className={styles.soft}>只能发往：{read.data?.hosts.join('、') ?? '…'}。工作日发，一天一次，没有可数的就不发。</p>
      </Panel>
      <Loaded query={read}>
        {({ items }) =>
          items.length === 0 ? (
            <Panel title="机器人">
              <Empty sentence="还没有机器人。先在工作群里加群机器人，把地址复制到这里。" />
            </Panel>
          ) : (
            items.map((one) => <One key={one.id} one={one} onEdit={() => change({ open: one.id })} />)
          )
        }
      </Loaded>
      <Dialog open={open === 'new'} title="加机器人" onClose={close}>
        <Add onDone={close} />
      </Dialog>
      <Dialog open={picked !== undefined} title="改机器人" onClose={close}>
        {picked && <Change key={picked.revision} one={picked} onDone={close} />}
      </Dialog>
    </Page>
  )
}

function One({ one, onEdit }: { one: RobotShown; onEdit: () => void }) {
  const testing = useSubmit(testRobot)
  const at = (instant: string) => stamp.format(new Date(instant))
  return (
    <Panel
      title={one.name}
      actions={
        <div className={styles.acts}>
          <Button
            loading={testing.pending}
            aria-label={`试发：${one.name}`}
            onClick={() => void testing.submit({ params: { id: one.id } })}
          >
            试发一条
          </Button>
          <Button aria-label={`修改：${one.name}`} onClick={onEdit}>
            修改
          </Button>
        </div>
      }
    >
      {testing.error !== null && <Refused error={testing.error} />}
      <Facts
        items={[
          {
            term: '状态',
            value: (
              <>
                <StatusTag tone={one.enabled ? 'done' : 'none'}>{one.enabled ? '启用' : '停用'}</StatusTag>{' '}
                {one.queued > 0 && <StatusTag tone="pending">{one.queued} 条等着发</StatusTag>}
              </>
            ),
          },
          { term: '哪家', value: `${robotProviders[one.provider]}（${one.host}${one.signed ? '，加签' : ''}）` },
          { term: '数哪个组织', value: `${one.organization.name}及下级` },
          { term: '发什么', value: one.lines.map((line) => robotLines[line]).join('；'), wide: true },
          { term: '几点发', value: `工作日 ${one.hour} 点` },
          { term: '最近发成', value: one.sentAt ? at(one.sentAt) : '还没有发成过' },
          {
            term: '最近没发成',
            value: one.failure && one.failedAt && (
              <>
                <StatusTag tone="short">没发成</StatusTag> {at(one.failedAt)}：{one.failure}
              </>
            ),
            wide: true,
          },
        ]}
      />
    </Panel>
  )
}

function LinesField({ control }: { control: ControlProps }) {
  return (
    <Checkbox.Group
      value={Array.isArray(control.value) ? control.value : []}
      options={lines.map(([value, label]) => ({ value, label }))}
      onChange={(chosen) => control.onChange(chosen)}
    />
  )
}

function Add({ onDone }: { onDone: () => void }) {
  const adding = useSubmit(addRobot)
  const form = useFields({ name: 'robot', schema: addRobot.body, initial: { provider: 'wecom', lines: ['overdue'], hour: 9 } })
  return (
    <FieldForm
      form={form}
      submitLabel="加上"
      onSubmit={async (body) => {
        await adding.send({ body })
        onDone()
      }}
    >
      <FormField name="name" />
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
      <FormField
        name="provider"
        control="radio"
        options={Object.entries(robotProviders).map(([value, label]) => ({ value, label }))}
      />
      <FormField name="address" control="password" />
      <FormField name="secret" control="password" />
      <FormField name="lines" render={(control) => <LinesField control={control} />} />
      <FormField name="hour" control="number" />
    </FieldForm>
  )
}

function Change({ one, onDone }: { one: RobotShown; onDone: () => void }) {
  const changing = useSubmit(changeRobot)
  const { revision, name, hour, enabled } = one
  const form = useFields({
    name: 'robot-change',
    schema: changeRobot.body,
    initial: { revision, name, hour, enabled, lines: [...one.lines] },
  })
  return (
    <FieldForm
      form={form}
      submitLabel="保存"
      onSubmit={async (body) => {
        await changing.send({ params: { id: one.id }, body })
        onDone()
      }}
    >
      <FormField name="name" />
      <FormField name="lines" render={(control) => <LinesField control={control} />} />
      <FormField name="hour" control="number" />
      <FormField name="enabled" control="check" placeholder="照常发" />
      <FormField name="address" control="password" help="不填不换" />
      <FormField name="secret" control="password" help="不填不换" />
    </FieldForm>
  )
}
