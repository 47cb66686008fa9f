import { writeFile } from 'node:fs/promises'
import { readsOf } from './cockpit.bench.ts'
import { recordThemeDay, someBranches } from './branches.ts'
import type { Place } from './place.ts'
import { type Plan, plansOf } from './plans.ts'
import { serve, visit } from './serving.ts'

const shown = 4
const longest = 60

/** Conditions with long lists of numbers, and repeated accounts of buffers, hide what a plan does. */
function shortened(plan: readonly string[]): string[] {
  const lines = plan.filter((line) => !/^\s*(Buffers|Storage|Planning:|Heap Blocks|Index Searches)/.test(line))
  const narrow = lines.map((line) => (line.length > 150 ? `${line.slice(0, 147)}...` : line))
  return narrow.length > longest ? [...narrow.slice(0, longest), `（略去 ${narrow.length - longest} 行）`] : narrow
}

function section(title: string, plans: readonly Plan[]): string {
  const sum = (of: (plan: Plan) => number) => plans.reduce((total, plan) => total + of(plan), 0).toFixed(1)
  const heaviest = plans.toSorted((a, b) => b.planning + b.execution - a.planning - a.execution).slice(0, shown)
  const parts = heaviest.map(
    ({ statement, plan }) =>
      `\`${statement.trim().slice(0, 160).replaceAll('`', '')}…\`\n\n\`\`\`\n${shortened(plan).join('\n')}\n\`\`\``,
  )
  const head = `${plans.length} 条语句，计划合计 ${sum((plan) => plan.planning)} ms，执行合计 ${sum((plan) => plan.execution)} ms；下面是最重的 ${heaviest.length} 条。`
  return `## ${title}\n\n${head}\n\n${parts.join('\n\n')}\n`
}

/** Keeps the plans of the main operations, as they ran under the application's role with row-level security on. */
export async function keepPlans(place: Place, file: string): Promise<void> {
  const branches = await someBranches(place, 12)
  for (const branch of branches.slice(1)) await recordThemeDay(place, branch)
  const record = await plansOf(async () => {
    for (const branch of branches.slice(0, 1)) await recordThemeDay(place, branch)
  })
  const server = await serve(place.platform)
  try {
    const officer = await visit(server.origin, 'gongwei')
    const asked = await readsOf(place)
    const sections = [section('记一次会议', record)]
    for (const [title, path] of Object.entries(asked)) {
      for (let n = 0; n < 10; n += 1) await officer.get(path)
      sections.push(section(title, await plansOf(() => officer.get(path))))
    }
    const intro = `# 主要语句的执行计划\n\n${place.size}，应用角色，行级安全开启；\`EXPLAIN (ANALYZE, BUFFERS)\`，缓冲区各行略去。由 \`npm run bench -- --only plans\` 写成。\n`
    await writeFile(file, [intro, ...sections].join('\n'))
  } finally {
    await server.close()
  }
}
