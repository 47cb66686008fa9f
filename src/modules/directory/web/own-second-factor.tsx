import { Button, Typography } from 'antd'
import { useState } from 'react'
import type { z } from 'zod'
import { FieldForm, FormField } from '../../../ui/field-form.tsx'
import { Panel } from '../../../ui/page.tsx'
import { useSession } from '../../../ui/session.tsx'
import { sentenceOf } from '../../../ui/states.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import { useSubmit } from '../../../ui/use-call.ts'
import { useFields } from '../../../ui/use-fields.ts'
import { confirmSecondFactor, enrolSecondFactor } from '../accounts/own-account.contract.ts'
import type { OwnPartProps } from './own-password.tsx'
import './organizations.css'

type Enrolled = z.output<typeof enrolSecondFactor.reply>

/** The second factor: its state, binding it with a QR code, and confirming with a first code. */
export function OwnSecondFactor(props: OwnPartProps) {
  const session = useSession()
  const [made, setMade] = useState<Enrolled | null>(null)
  const { submit, pending, error } = useSubmit(enrolSecondFactor)
  const bound = session.secondFactorEnrolled
  const begin = async () => {
    const reply = await submit({})
    if (!reply) return
    setMade(reply)
    props.onOpen()
  }
  return (
    <Panel
      title="动态口令"
      actions={<StatusTag tone={bound ? 'done' : 'none'}>{bound ? '已绑定' : '未绑定'}</StatusTag>}
      note="登录时除密码外再输入手机上的 6 位数字"
    >
      {bound && <p className="dir-plain">已绑定，登录时会问动态口令。换手机时，请联系安全管理员重置后再绑定。</p>}
      {!bound && !(made && props.open) && (
        <div className="org-main">
          <p className="dir-plain">在手机上装一个动态口令应用（支持 TOTP 的都可以），再点下面的按钮。</p>
          <div className="dir-acts">
            <Button type="primary" loading={pending} onClick={() => void begin()}>
              绑定动态口令
            </Button>
          </div>
        </div>
      )}
      {error !== null && <p role="alert">{sentenceOf(error)}</p>}
      {!bound && made && props.open && <Confirm made={made} />}
    </Panel>
  )
}

function Confirm({ made }: { made: Enrolled }) {
  const { send } = useSubmit(confirmSecondFactor)
  const form = useFields({ name: 'second-factor-confirm', schema: confirmSecondFactor.body, initial: {} })
  return (
    <div className="org-main">
      <p className="dir-plain">用手机上的应用扫这个码，再把它显示的 6 位数字填在下面。</p>
      <div>
        <img src={made.qr} width={240} height={240} alt="绑定动态口令的二维码；扫不了时用下面的密钥" />
      </div>
      <p className="dir-plain">
        扫不了时，在应用里手工输入密钥：<Typography.Text code>{made.secret}</Typography.Text>
      </p>
      <FieldForm
        form={form}
        submitLabel="确认绑定"
        onSubmit={async (body) => {
          await send({ body })
          location.assign('/settings')
        }}
      >
        <FormField name="code" />
      </FieldForm>
    </div>
  )
}
