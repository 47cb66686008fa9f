import { App, Switch } from 'antd'
import type { z } from 'zod'
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
  return (
    <Page title="我的设置" narrow>
      <OwnPassword />
      <OwnSecondFactor />
      {!session.mustChangePassword && (
        <>
          <TypeSize />
          <MailPanel />
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

function MailPanel() {
  const read = useCall(showMail, {})
  return (
    <Panel title="邮件通知">
      <Loaded query={read}>{(choice) => <MailForm choice={choice} />}</Loaded>
    </Panel>
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

function MailForm({ choice }: { choice: z.output<typeof mailChoice> }) {
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
      onSubmit={async (body) => {
        await send({ body: { ...body, address: body.address ?? null } })
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
