type Administrator = 'system' | 'security' | 'audit'

const limits: Readonly<Record<Administrator, string>> = {
  system:
    '您是系统管理员：建账号、停用和恢复账号。不能批准账号、不能授予权限、不能查看审计台账，也看不到任何党务内容；新账号由安全管理员批准后才能登录。',
  security:
    '您是安全管理员：批准账号和权限、解除锁定、重置动态口令。不能新建账号、不能给自己授权、不能查看审计台账，也看不到任何党务内容。',
  audit:
    '您是审计管理员：检索和核验审计台账。不能建账号、不能授权、不能改动或删除任何一条台账，也看不到任何党务内容；台账只有字段名，没有字段内容。',
}

/** What one of the three administrators does, and what that one cannot do (三员分立). */
export function dutyLimit(administrator: Administrator): string {
  return limits[administrator]
}
