import { StartProblem } from '../../kernel/config/start-problem.ts'
import { foundWorkingCommittee } from '../../modules/directory/index.ts'
import { atWork, say } from './open.ts'

/** Sets up the working committee of a new installation. */
export function createCommittee(name: string): Promise<number> {
  const trimmed = name.trim()
  if (trimmed.length < 2 || trimmed.length > 100) throw new StartProblem('请写出工委的全称，2 到 100 个字。')
  return atWork(async ({ platform }) => {
    const id = await foundWorkingCommittee(platform, { name: trimmed, on: '2000-01-01' })
    if (id === null) {
      say('已经有组织了，没有新建。其余组织请在页面上设立。')
      return 1
    }
    say(`已设立“${trimmed}”。请由系统管理员建账号，由安全管理员授予“工委工作人员”；其余组织由工委工作人员在组织页设立。`)
    return 0
  }, 'may be new')
}
