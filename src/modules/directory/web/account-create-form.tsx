import { Button } from 'antd'
import { useState } from 'react'
import { FieldForm, FormField } from '../../../ui/field-form.tsx'
import { useSubmit } from '../../../ui/use-call.ts'
import { useFields } from '../../../ui/use-fields.ts'
import { createAccount } from '../accounts/accounts.contract.ts'
import { administrators } from '../grants/roles.contract.ts'
import { OneTimePassword } from './one-time-password.tsx'

const administratorOptions = Object.entries(administrators).map(([value, label]) => ({ value, label }))

/** A new account. Its one-time password is shown here once and never again. */
export function AccountCreateForm({ onClose }: { onClose: () => void }) {
  const { send } = useSubmit(createAccount)
  const [made, setMade] = useState<{ username: string; password: string } | null>(null)
  const form = useFields({ name: 'account-create', schema: createAccount.body, initial: {} })
  if (made) return <OneTimePassword {...made} onClose={onClose} />
  return (
    <FieldForm
      form={form}
      submitLabel="建账号"
      note="建好后等安全管理员批准，批准后才能登录。"
      more={<Button onClick={onClose}>不建了</Button>}
      onSubmit={async (body) => {
        const { oneTimePassword } = await send({ body })
        setMade({ username: body.username, password: oneTimePassword })
      }}
    >
      <FormField name="username" help="登录时用；小写字母开头，如 zhangsan" />
      <FormField name="name" />
      <FormField name="personId" help="党员和工作人员的账号填人员编号（per_ 开头，由党务人员从名册提供）；管理员账号不填" />
      <FormField name="administrator" options={administratorOptions} help="只给三员填写；管理员看不到党务内容" />
    </FieldForm>
  )
}
