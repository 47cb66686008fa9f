import { App, Button } from 'antd'
import { z } from 'zod'
import { FieldForm, FormField } from '../../../ui/field-form.tsx'
import { Panel } from '../../../ui/page.tsx'
import { useSession } from '../../../ui/session.tsx'
import { useSubmit } from '../../../ui/use-call.ts'
import { useFields } from '../../../ui/use-fields.ts'
import { changePassword } from '../accounts/own-account.contract.ts'
import { passwordFaults } from '../accounts/password.rules.ts'
import './organizations.css'

const rules = [
  '至少 12 个字符；或至少 8 个字符，并含大写字母、小写字母、数字、符号中的三种',
  '不含用户名、姓名，不含本地、本单位或本系统的名称',
  '不用常见密码，不用键盘上相邻的键或连续的字母、数字',
]

/** A part of the settings that opens by itself: on a phone each form's button stands at the bottom, so one is open at a time. */
export interface OwnPartProps {
  readonly open: boolean
  readonly onOpen: () => void
  readonly onClose: () => void
}

/** Changing one's own password: the rules beforehand, the faults in words while the old one is still in force. */
export function OwnPassword(props: OwnPartProps) {
  const { mustChangePassword } = useSession()
  if (props.open || mustChangePassword) return <PasswordForm must={mustChangePassword} onClose={props.onClose} />
  return (
    <Panel title="密码" actions={<Button onClick={props.onOpen}>改密码</Button>}>
      <p className="dir-plain">改密码后，其他地方的登录随即失效。</p>
    </Panel>
  )
}

function PasswordForm({ must, onClose }: { must: boolean; onClose: () => void }) {
  const { account } = useSession()
  const { message } = App.useApp()
  const { send } = useSubmit(changePassword)
  const { newPassword: plain } = changePassword.body.shape
  const schema = changePassword.body
    .extend({
      newPassword: plain
        .superRefine((password, context) => {
          const faults = passwordFaults(password, account)
          if (faults.length > 0) context.addIssue({ code: 'custom', message: faults.join(' ') })
        })
        .meta({ title: '新密码' }),
      again: z.string().min(1, { error: '请再输入一次新密码。' }).meta({ title: '再输入一次新密码' }),
    })
    .refine((values) => values.again === values.newPassword, {
      path: ['again'],
      error: '两次输入的新密码不一样，请重新输入。',
    })
  const form = useFields({ name: 'own-password', schema, initial: {} })
  return (
    <Panel title="密码">
      <ul className="dir-soft">
        {rules.map((rule) => (
          <li key={rule}>{rule}</li>
        ))}
      </ul>
      <FieldForm
        form={form}
        submitLabel="改密码"
        more={!must && <Button onClick={onClose}>不改了</Button>}
        onSubmit={async ({ oldPassword, newPassword }) => {
          await send({ body: { oldPassword, newPassword } })
          if (must) return location.assign('/')
          onClose()
          void message.success('密码已改。其他地方的登录已失效，下次请用新密码。')
        }}
      >
        <FormField name="oldPassword" control="password" />
        <FormField name="newPassword" control="password" />
        <FormField name="again" control="password" />
      </FieldForm>
    </Panel>
  )
}
