import { App, Button } from 'antd'
import { useState } from 'react'
import { ConfirmReason } from '../../../ui/confirm-reason.tsx'
import { Facts } from '../../../ui/facts.tsx'
import { useSession } from '../../../ui/session.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import { useSubmit } from '../../../ui/use-call.ts'
import {
  accountStates,
  approveAccount,
  disableAccount,
  enableAccount,
  resetPassword,
  resetSecondFactor,
  unlockAccount,
} from '../accounts/accounts.contract.ts'
import { administrators } from '../grants/roles.contract.ts'
import { type AccountLine, accountTones } from './accounts.client.ts'
import { OneTimePassword } from './one-time-password.tsx'
import './organizations.css'

type Act = 'approve' | 'disable' | 'enable' | 'unlock' | 'reset_second_factor' | 'reset_password'

interface ActWords {
  readonly label: string
  readonly follows: string
  readonly offered: (account: AccountLine) => boolean
}

const acts: Readonly<Record<Act, ActWords>> = {
  approve: { label: '批准', follows: '批准后可以登录。', offered: (one) => one.state === 'pending' },
  unlock: { label: '解除锁定', follows: '可以马上再试密码。', offered: (one) => one.locked },
  reset_second_factor: {
    label: '重置动态口令',
    follows: '原来的动态口令作废，由本人重新绑定。请先当面核实是本人。',
    offered: (one) => one.secondFactorEnrolled,
  },
  disable: {
    label: '停用',
    follows: '已有的登录随即失效，不能再登录；办过的事项和留痕都在。',
    offered: (one) => one.state !== 'disabled',
  },
  enable: { label: '恢复使用', follows: '恢复后须安全管理员再批准才能登录。', offered: (one) => one.state === 'disabled' },
  reset_password: {
    label: '发一次性密码',
    follows: '原密码作废，账号转为待批准；安全管理员批准后，本人用一次性密码登录并改掉。',
    offered: (one) => one.state !== 'disabled',
  },
}

function useSend() {
  const senders = {
    approve: useSubmit(approveAccount).send,
    disable: useSubmit(disableAccount).send,
    enable: useSubmit(enableAccount).send,
    unlock: useSubmit(unlockAccount).send,
    reset_second_factor: useSubmit(resetSecondFactor).send,
  }
  const password = useSubmit(resetPassword).send
  return async (act: Act, id: string, reason: string): Promise<string | null> => {
    const input = { params: { id }, body: { reason } }
    if (act === 'reset_password') return (await password(input)).oneTimePassword
    await senders[act](input)
    return null
  }
}

/** One account and what the signed-in administrator may do with it. Nobody acts on an account of one's own. */
export function AccountDetail({ account }: { account: AccountLine }) {
  const session = useSession()
  const { message } = App.useApp()
  const send = useSend()
  const [asked, setAsked] = useState<Act | null>(null)
  const [password, setPassword] = useState<string | null>(null)
  if (password) return <OneTimePassword username={account.username} password={password} onClose={() => setPassword(null)} />
  const own = account.id === session.account.id
  const offered = (Object.keys(acts) as Act[]).filter(
    (act) => !own && session.abilities.includes(`directory.account.${act}`) && acts[act].offered(account),
  )
  return (
    <div className="org-main">
      <Facts
        items={[
          { term: '用户名', value: account.username },
          { term: '姓名', value: account.name },
          { term: '状态', value: <StatusTag tone={accountTones[account.state]}>{accountStates[account.state]}</StatusTag> },
          { term: '管理员', value: account.administrator && administrators[account.administrator] },
          { term: '职务', value: account.posts.join('、'), wide: true },
          { term: '动态口令', value: account.secondFactorEnrolled ? '已绑定' : '未绑定' },
          { term: '锁定', value: account.locked ? '输错次数过多，暂时锁定' : '没有锁定' },
          { term: '建立', value: account.createdOn },
        ]}
      />
      <div className="dir-acts">
        {offered.map((act) => (
          <Button key={act} onClick={() => setAsked(act)}>
            {acts[act].label}
          </Button>
        ))}
      </div>
      {own && <p className="dir-soft dir-plain">这是您自己的账号，须由另一位管理员办理。</p>}
      {!own && offered.length === 0 && <p className="dir-soft dir-plain">这个账号现在没有要您办的事。</p>}
      <ConfirmReason
        open={asked !== null}
        title={asked ? `${acts[asked].label}：${account.name}` : ''}
        sentence={asked ? acts[asked].follows : ''}
        confirmLabel={asked ? acts[asked].label : ''}
        least={2}
        onClose={() => setAsked(null)}
        onConfirm={async (reason) => {
          if (!asked) return
          const given = await send(asked, account.id, reason)
          setPassword(given)
          if (!given) void message.success(`已办：${acts[asked].label}（${account.name}）。`)
        }}
      />
    </div>
  )
}
