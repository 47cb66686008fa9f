import { App, Button, Typography } from 'antd'
import { Facts } from '../../../ui/facts.tsx'
import './organizations.css'

/** A one-time password, shown once: handed over in person, changed by its owner at the first sign-in. */
export function OneTimePassword(props: { username: string; password: string; onClose: () => void }) {
  const { message } = App.useApp()
  const copy = () =>
    navigator.clipboard
      .writeText(props.password)
      .then(() => message.success('已复制。'))
      .catch(() => message.error('浏览器不许复制，请手工抄写。'))
  return (
    <div className="org-main">
      <p className="dir-sentence" role="status">
        一次性密码只在这里显示一次，关闭后不能再看。请当面交给本人；本人首次登录时须改掉。账号要等安全管理员批准后才能登录。
      </p>
      <Facts
        items={[
          { term: '用户名', value: props.username },
          { term: '一次性密码', value: <Typography.Text code>{props.password}</Typography.Text> },
        ]}
      />
      <div className="dir-acts">
        <Button onClick={() => void copy()}>复制密码</Button>
        <Button type="primary" onClick={props.onClose}>
          已抄好，关闭
        </Button>
      </div>
    </div>
  )
}
