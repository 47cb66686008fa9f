import { App, Button } from 'antd'
import type { ControlProps } from '../../../ui/field-control.tsx'
import { Facts } from '../../../ui/facts.tsx'
import { FieldForm, FormField } from '../../../ui/field-form.tsx'
import { Panel } from '../../../ui/page.tsx'
import { Loaded } from '../../../ui/states.tsx'
import { useCall, useSubmit } from '../../../ui/use-call.ts'
import { useFields } from '../../../ui/use-fields.ts'
import {
  chooseMail,
  mailFields,
  type MailChoice,
  noticeLines,
  type NoticeLineName,
  showMail,
  type Way,
  ways,
} from '../mail/mail.contract.ts'
import styles from './desk.module.css'

interface PartProps {
  readonly open: boolean
  readonly onOpen: () => void
  readonly onClose: () => void
}

/** Which notices come how, when they are gathered, and when nothing is sent. On the site everything stands in any case. */
export function NoticeWays(props: PartProps) {
  const read = useCall(showMail, {})
  return (
    <Panel title="通知" actions={props.open ? undefined : <Button onClick={props.onOpen}>改通知设置</Button>}>
      <Loaded query={read}>
        {(choice) => (props.open ? <Form choice={choice} onClose={props.onClose} /> : <Shown choice={choice} />)}
      </Loaded>
    </Panel>
  )
}

const lines = Object.entries(noticeLines) as readonly (readonly [NoticeLineName, string])[]
const weekdays = ['', '星期一', '星期二', '星期三', '星期四', '星期五']
const clock = (hour: number) => `${hour} 点`

function Shown({ choice }: { choice: MailChoice }) {
  const gathered = choice.digestEvery === 'day' ? '每天' : `每周${weekdays[choice.digestWeekday]}`
  return (
    <Facts
      items={[
        { term: '邮箱', value: choice.address ?? '没有填，只在本站通知' },
        ...lines.map(([line, name]) => ({ term: name, value: ways[choice.ways[line]] })),
        { term: '汇总', value: `${gathered} ${clock(choice.digestHour)}，合成一封` },
        {
          term: '免打扰',
          value: `${clock(choice.quietFrom)}至 ${clock(choice.quietUntil)}${choice.quietDaysOff ? '，休息日全天' : ''}`,
        },
      ]}
    />
  )
}

type Options = readonly { readonly value: string; readonly label: string }[]
const hours: Options = Array.from({ length: 24 }, (_, hour) => ({ value: String(hour), label: clock(hour) }))
const days: Options = weekdays.flatMap((label, value) => (label ? [{ value: String(value), label }] : []))
const everies: Options = [
  { value: 'day', label: '每天一次' },
  { value: 'week', label: '每周一次' },
]
const wayOptions: Options = Object.entries(ways).map(([value, label]) => ({ value, label }))

interface PickProps {
  readonly id: string
  readonly label?: string
  readonly value: string
  readonly options: Options
  readonly describedBy?: string | undefined
  readonly onChange: (value: string) => void
}

function Pick({ id, label, value, options, describedBy, onChange }: PickProps) {
  return (
    <select
      id={id}
      value={value}
      {...(label !== undefined && { 'aria-label': label })}
      aria-describedby={describedBy}
      style={{ font: 'inherit', minHeight: 'var(--target)', minWidth: '8em' }}
      onChange={(event) => onChange(event.target.value)}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  )
}

function PickField(props: { name: keyof MailChoice; options: Options; number?: true }) {
  return (
    <FormField
      name={props.name}
      render={(field) => (
        <Pick
          id={field.id}
          value={String(field.value)}
          options={props.options}
          describedBy={field['aria-describedby']}
          onChange={(value) => field.onChange(props.number ? Number(value) : value)}
        />
      )}
    />
  )
}

function WaysField({ control }: { control: ControlProps }) {
  const chosen = control.value as MailChoice['ways']
  return (
    <div id={control.id} tabIndex={-1} className={styles.lines}>
      {lines.map(([line, name]) => (
        <label key={line} htmlFor={`${control.id}-${line}`}>
          <span>{name}</span>
          <Pick
            id={`${control.id}-${line}`}
            value={chosen[line]}
            options={wayOptions}
            onChange={(value) => control.onChange({ ...chosen, [line]: value as Way })}
          />
        </label>
      ))}
    </div>
  )
}

function Form({ choice, onClose }: { choice: MailChoice; onClose: () => void }) {
  const { message } = App.useApp()
  const { send } = useSubmit(chooseMail)
  const form = useFields({
    name: 'mail',
    schema: mailFields.partial({ address: true }),
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
      <FormField name="ways" render={(control) => <WaysField control={control} />} />
      <PickField name="digestEvery" options={everies} />
      <PickField name="digestWeekday" options={days} number />
      <PickField name="digestHour" options={hours} number />
      <PickField name="quietFrom" options={hours} number />
      <PickField name="quietUntil" options={hours} number />
      <FormField name="quietDaysOff" control="check" placeholder="周末和节假日不发" />
    </FieldForm>
  )
}
