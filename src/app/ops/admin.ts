import { createFirstAdministrators } from '../../modules/directory/index.ts'
import { atWork, say } from './open.ts'

const named = {
  system: { username: 'xitong', displayName: '系统管理员' },
  security: { username: 'anquan', displayName: '安全管理员' },
  audit: { username: 'shenji', displayName: '审计管理员' },
} as const

/** Makes the three separated administrators of a new installation. */
export function createAdministrators(): Promise<number> {
  return atWork(async ({ platform }) => {
    const made = await createFirstAdministrators(platform, named)
    if (made === null) {
      say('已有管理员，没有新建。以后的账号请由系统管理员在页面上建立，由安全管理员审批授权。')
      return 1
    }
    say('已建立三员账号。一次性密码一周内有效，只显示这一次，请分别交给三个人，首次登录须改密码并绑定动态口令：')
    for (const { administrator, username, oneTimePassword } of made) {
      say(`  ${named[administrator].displayName}　用户名 ${username}　一次性密码 ${oneTimePassword}`)
    }
    return 0
  }, 'may be new')
}
