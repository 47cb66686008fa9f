import { z } from 'zod'
import { problems } from '../../../kernel/errors/problem.ts'
import { endpoint, listOf, pageQuery } from '../../../kernel/http/endpoint.ts'
import { civilDate } from '../../../kernel/time/civil-date.ts'
import { personId } from '../persons/persons.contract.ts'

export const accountStates = { pending: '待批准', active: '在用', disabled: '停用' } as const
export const accountState = z.enum(['pending', 'active', 'disabled']).meta({ title: '状态' })
const administrator = z.enum(['system', 'security', 'audit']).meta({ title: '管理员' })
const accountId = z.string().regex(/^acc_[0-9a-z]{4,40}$/, { error: '账号编号不对，请从列表中选择。' })
const params = z.strictObject({ id: accountId })
const reason = z.string().trim().min(2, { error: '请写明理由。' }).max(200).meta({ title: '理由' })

/** What an administrator sees of an account: nothing of the business but the posts by which it is told apart. */
export const accountLine = z.object({
  id: z.string(),
  username: z.string(),
  name: z.string(),
  state: accountState,
  administrator: administrator.nullable(),
  posts: z.array(z.string()),
  secondFactorEnrolled: z.boolean(),
  createdOn: civilDate,
  locked: z.boolean(),
})

export const listAccounts = endpoint({
  method: 'GET',
  path: '/api/v1/accounts',
  tag: '账号',
  summary: '账号列表',
  query: pageQuery.extend({
    state: accountState.optional(),
    administrator: administrator.optional(),
    text: z.string().trim().max(50).optional().meta({ title: '姓名或用户名' }),
  }),
  reply: listOf(accountLine),
})
export const createAccount = endpoint({
  method: 'POST',
  path: '/api/v1/accounts',
  tag: '账号',
  summary: '建账号；安全管理员批准后才能登录。一次性密码只在这里显示一次',
  body: z.strictObject({
    username: z
      .string()
      .trim()
      .regex(/^[a-z][a-z0-9._-]{1,31}$/, { error: '用户名用小写字母开头，只含小写字母、数字、点、横线，2 到 32 个字符。' })
      .meta({ title: '用户名' }),
    name: z.string().trim().min(2, { error: '姓名至少两个字。' }).max(50).meta({ title: '姓名' }),
    personId: personId.optional().meta({ title: '对应人员' }),
    administrator: administrator.optional(),
  }),
  reply: z.object({ id: z.string(), oneTimePassword: z.string() }),
  status: 201,
})

const changed = z.object({ id: z.string(), state: accountState })
const transition = (verb: string, summary: string) =>
  endpoint({
    method: 'POST',
    path: `/api/v1/accounts/:id/${verb}`,
    tag: '账号',
    summary,
    params,
    body: z.strictObject({ reason }),
    reply: changed,
  })
export const approveAccount = transition('approve', '批准账号启用')
export const disableAccount = transition('disable', '停用账号；已有登录随即失效')
export const enableAccount = transition('enable', '重新启用账号；须安全管理员批准')
export const unlockAccount = transition('unlock', '解除输错密码的锁定')
export const resetSecondFactor = transition('reset-second-factor', '去掉动态口令，由本人重新绑定')
export const resetPassword = endpoint({
  method: 'POST',
  path: '/api/v1/accounts/:id/reset-password',
  tag: '账号',
  summary: '发一次性密码；须安全管理员批准后才能登录',
  params,
  body: z.strictObject({ reason }),
  reply: changed.extend({ oneTimePassword: z.string() }),
})

problems({
  'directory.account_not_found': { status: 404, title: '没有找到这个账号，请从列表中选择。' },
  'directory.username_taken': { status: 409, title: '这个用户名或这个人已有账号，请核对；用户名重复时另取一个。' },
  'directory.own_record': { status: 403, title: '不能办理自己的账号或权限，请由另一位管理员办理。' },
  'directory.account_state': { status: 409, title: '账号当前的状态不能这样办理，请刷新后再看。' },
  'directory.last_administrator': { status: 409, title: '这是最后一位在用的这类管理员。请先增设一位并批准，再办理。' },
})
