import { inChinese } from '../../../kernel/time/civil-date.ts'
import { App, Button } from 'antd'
import { FieldForm, FormField } from '../../../ui/field-form.tsx'
import { useSession } from '../../../ui/session.tsx'
import { useSubmit } from '../../../ui/use-call.ts'
import { useFields } from '../../../ui/use-fields.ts'
import { endGrant } from '../grants/grants.contract.ts'

/** Ends a role from a day on. */
export function EndGrantForm(props: { id: string; name: string; onClose: () => void }) {
  const { today } = useSession()
  const { message } = App.useApp()
  const { send } = useSubmit(endGrant)
  const form = useFields({ name: 'grant-end', schema: endGrant.body, initial: { on: today } })
  return (
    <FieldForm
      form={form}
      submitLabel="终止权限"
      more={<Button onClick={props.onClose}>不终止了</Button>}
      note={`自所填日期起，${props.name}失效；办过的事项和留痕都在。`}
      onSubmit={async (body) => {
        await send({ params: { id: props.id }, body })
        props.onClose()
        void message.success(`已自${inChinese(body.on)}起终止。`)
      }}
    >
      <FormField name="on" />
      <FormField name="reason" control="area" />
    </FieldForm>
  )
}
