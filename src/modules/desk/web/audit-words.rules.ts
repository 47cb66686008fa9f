/** Actions that need no permission, so that nobody else gave them a title. */
const words: Readonly<Record<string, string>> = {
  'directory.session.sign_in': '登录',
  'directory.session.sign_out': '退出登录',
  'directory.session.end_all': '使登录全部失效',
  'directory.session.second_factor': '输入动态口令',
  'directory.own_account.change_password': '改自己的密码',
  'directory.second_factor.enrol': '绑定动态口令',
  'directory.second_factor.confirm': '确认绑定动态口令',
}

/** What an entry's action is called; the ledger's own title unless it is only the code. */
export function actionWords(entry: { readonly action: string; readonly actionName: string }): string {
  return entry.actionName === entry.action ? (words[entry.action] ?? entry.action) : entry.actionName
}
