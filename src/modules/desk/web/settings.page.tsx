import { App, Button, Switch } from 'antd'
import type { z } from 'zod'
import { useAddress } from '../../../ui/address.ts'
import { Facts } from '../../../ui/facts.tsx'
import { FieldForm, FormField, Labelled } from '../../../ui/field-form.tsx'
import { Page, Panel } from '../../../ui/page.tsx'
import { useLargeType } from '../../../ui/screen.ts'
import { useSession } from '../../../ui/session.tsx'
import { Loaded } from '../../../ui/states.tsx'
import { useCall, useSubmit } from '../../../ui/use-call.ts'
import { useFields } from '../../../ui/use-fields.ts'
import { OwnPassword, OwnSecondFactor } from '../../directory/web/index.ts'
import { chooseMail, mailChoice, showMail } from '../mail/mail.contract.ts'

/** What belongs to the person: password, second factor, size of type, mail and its quiet hours. */
export function SettingsPage() {
  const session = useSession()
  const [address, change] = useAddress()
  const part = (name: string) => ({
    open: address.open === name,
    onOpen: () => change({ open: name }),
    onClose: () => change({ open: undefined }),
  })
  return (
    <Page title="我的设置" narrow>
      <OwnPassword {...part('password')} />
      <OwnSecondFactor {...part('second-factor')} />
      {!session.mustChangePassword && (
        <>
          <TypeSize />
          <MailPanel {...part('mail')} />
        </>
      )}
    </Page>
  )
}

function TypeSize() {
  const [large, setLarge] = useLargeType()
  return (
    <Panel title="字号">
      <Labelled id="settings-large" title="大字版" help="只对这台设备有效，登录前也有效">
        <div>
          <Switch id="settings-large" checked={large} onChange={setLarge} checkedChildren="开" unCheckedChildren="关" />
        </div>
      </Labelled>
    </Panel>
  )
}

interface PartProps {
  readonly open: boolean
  readonly onOpen: () => void
  readonly onClose: () => void
}

function MailPanel(props: PartProps) {
  const read = useCall(showMail, {})
  return (
    <Panel title="邮件通知" actions={props.open ? undefined : <Button onClick={props.onOpen}>改邮件通知</Button>}>
      <Loaded query={read}>
        {(choice) => (props.open ? <MailForm choice={choice} onClose={props.onClose} /> : <MailFacts choice={choice} />)}
      </Loaded>
    </Panel>
  )
}

type Choice = z.output<typeof mailChoice>

function MailFacts({ choice }: { choice: Choice }) {
  return (
    <Facts
      items={[
        { term: '邮箱', value: choice.address ?? '没有填，只在本站通知' },
        { term: '每天早上汇总', value: choice.digest ? '合成一封' : '逐条发' },
        { term: '免打扰', value: `${choice.quietFrom} 点至 ${choice.quietUntil} 点` },
      ]}
    />
  )
}

const hours = Array.from({ length: 24 }, (_, hour) => ({ value: String(hour), label: `${hour} 点` }))

function HourField({ name }: { name: 'quietFrom' | 'quietUntil' }) {
  return (
    <FormField
      name={name}
      render={(field) => (
        <select
          id={field.id}
          value={String(field.value)}
          aria-describedby={field['aria-describedby']}
          style={{ font: 'inherit', minHeight: 'var(--target)', width: '8em' }}
          onChange={(event) => field.onChange(Number(event.target.value))}
        >
          {hours.map((hour) => (
            <option key={hour.value} value={hour.value}>
              {hour.label}
            </option>
          ))}
        </select>
      )}
    />
  )
}

function MailForm({ choice, onClose }: { choice: Choice; onClose: () => void }) {
  const { message } = App.useApp()
  const { send } = useSubmit(chooseMail)
  const form = useFields({
    name: 'mail',
    schema: mailChoice.partial({ address: true }),
    initial: { ...choice, address: choice.address ?? undefined },
  })
  return (
    <FieldForm
      form={form}
      submitLabel="保存"
      more={<Button onClick={onClose}>不改了</Button>}
      onSubmit={async (body) => {
        await send({ body: { ...body, address: body.address ?? null } })
        onClose()
        void message.success('已保存。')
      }}
    >
      <FormField name="address" />
      <FormField name="digest" control="check" placeholder="每天早上合成一封" />
      <HourField name="quietFrom" />
      <HourField name="quietUntil" />
    </FieldForm>
  )
}
