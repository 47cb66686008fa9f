import { sql } from 'kysely'
import { reading } from '../../kernel/database/handles.ts'
import { readAsSystem, writeAsSystem } from '../../kernel/database/transaction.ts'
import { takeInKinds } from '../../kernel/search/index.store.ts'
import { addMonths } from '../../kernel/time/civil-date.ts'
import { rebuild, sweepInPortions } from '../../modules/rulebook/index.ts'
import { proposeCases, proposeStanding } from '../../modules/supervision/index.ts'
import { atWork, say, ticking } from './open.ts'

/** Computes every obligation and figure again from the facts, as of today. */
export function rebuildFigures(): Promise<number> {
  return atWork(async ({ platform }) => {
    const today = platform.clock.today()
    const done = ticking(`按 ${today} 重算全部应办事项和数字`)
    await writeAsSystem(platform.database, async (tx) => {
      await rebuild(tx, today)
      await proposeStanding(tx, { dueFrom: addMonths(today, -3), at: platform.clock.now() })
    })
    done()
    const counted = await readAsSystem(platform.database, (read) =>
      sql<{ obligations: number; cells: number }>`select (select count(*) from rulebook.obligations) as obligations,
        (select count(*) from rulebook.cells) as cells`.execute(reading<'rulebook'>(read)),
    )
    say(`应办事项 ${counted.rows[0]?.obligations ?? 0} 项，汇总数字 ${counted.rows[0]?.cells ?? 0} 格。`)
    return 0
  })
}

/** Brings statuses to today, as the server does by itself after midnight. */
export function sweepToday(): Promise<number> {
  return atWork(async ({ platform }) => {
    const today = platform.clock.today()
    const changed = await sweepInPortions(platform, (tx, changes) => proposeCases(tx, { changes, at: platform.clock.now() }))
    say(changed === 0 ? `${today} 的状态已是最新，没有变化。` : `已更新到 ${today}：${changed} 项状态有变化。`)
    return 0
  })
}

/** Takes the words of every record into the search anew, such as after data came by another way than the product's own acts. */
export function takeInWords(): Promise<number> {
  return atWork(async ({ platform }) => {
    const done = ticking('重建查找用的词')
    const kinds = await takeInKinds(platform, 'all')
    done()
    say(`已重建 ${kinds.length} 种记录的查找。`)
    return 0
  })
}
