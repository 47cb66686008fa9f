import path from 'node:path'
import { sql } from 'kysely'
import { StartProblem } from '../../kernel/config/start-problem.ts'
import { reading } from '../../kernel/database/handles.ts'
import { readAsSystem, writeAsSystem } from '../../kernel/database/transaction.ts'
import { hashPassword } from '../../modules/directory/index.ts'
import { loadRulebooks } from '../../modules/rulebook/index.ts'
import { seedDemonstration } from '../demonstration/seed-demonstration.ts'
import { demonstrationPassword } from '../first-contents.ts'
import { atWork, say, type Workplace } from './open.ts'

const scales = ['small', 'city', 'province'] as const
export type Scale = (typeof scales)[number]

/** The scale as given; undefined when there is none of that name. */
export function scaleOf(text: string): Scale | undefined {
  return scales.find((scale) => scale === text)
}

/** Fills an empty installation with a made-up city or province. */
export function demo(scale: Scale): Promise<number> {
  return atWork(async (place) => {
    if (place.settings.mode === 'production') {
      throw new StartProblem('正式运行（BIAOSHUAI_MODE=production）时不能生成演示数据。请另用一个数据文件夹或数据库。')
    }
    await refuseUnlessEmpty(place)
    await writeAsSystem(place.platform.database, (tx) => loadRulebooks(tx, path.join(place.root, 'rulebooks')))
    await seedDemonstration(place.platform, {
      scale,
      today: place.platform.clock.today(),
      passwordHash: await hashPassword(demonstrationPassword),
      onProgress: (text, done, total) => say(total > 1 ? `  ${text} ${done}/${total}` : `  ${text}`),
    })
    say(`演示数据已生成。演示账号的密码都是 ${demonstrationPassword}。`)
    return 0
  }, 'may be new')
}

async function refuseUnlessEmpty({ platform }: Workplace): Promise<void> {
  const used = await readAsSystem(platform.database, (read) =>
    sql<{ used: boolean }>`select exists (select from directory.organizations) as used`.execute(reading<'directory'>(read)),
  )
  if (used.rows[0]?.used)
    throw new StartProblem('这里已有组织数据，不能再生成演示数据。请用 BIAOSHUAI_DATA 指定一个新的数据文件夹。')
}
