import type { z } from 'zod'
import type { Read } from '../../../kernel/database/handles.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import type { Counts } from '../indicators/indicators.contract.ts'
import { childrenOf, countsOf, type Place, requirementHeads } from '../indicators/indicators.queries.ts'
import { addCounts, dueOf, ratioOf } from '../indicators/indicators.rules.ts'
import { sumsOf } from '../indicators/sums.queries.ts'
import type { differences } from './differences.contract.ts'
import { differencesInWords, fewest, judgeDifference, type Share, shownInterval, verdictWords } from './differences.rules.ts'

type Asked = Omit<z.output<(typeof differences)['query']>, 'organization'> & { readonly asOf: CivilDate }
type Differences = z.output<(typeof differences)['reply']>

const method = `区间按 95% 的把握给出（威尔逊区间）。判断用费希尔精确检验，把一个组织与同页其他组织合起来比，并按组织数目收紧：即使各组织其实一样，一百页中也至多五页会误判。应办不足 ${fewest} 项的不比较。各项要求并不完全互不相关，实际把握还要小一些。`

const shareOf = (counts: Counts): Share => ({ done: counts.met + counts.met_late, due: dueOf(counts) })

/** Direct children against one another, in the organization's own order. */
export async function differencesOf(read: Read, place: Place, asked: Asked): Promise<Differences> {
  const children = await childrenOf(read, place, asked)
  const heads = await requirementHeads(read)
  const sums = await sumsOf(read, { ...asked, kinds: children, organizations: children.map((child) => child.no) })
  const meant = sums.filter(({ requirementNo }) => {
    const head = heads.get(requirementNo)
    if (head?.strength !== 'hard' || (asked.requirement !== undefined && head.code !== asked.requirement)) return false
    return asked.dimension === undefined || head.dimension === asked.dimension
  })
  const byPlace = Map.groupBy(meant, (sum) => sum.organizationNo)
  const lines = children.map((child) => ({ child, counts: addCounts((byPlace.get(child.no) ?? []).map(countsOf)) }))
  const total = addCounts(lines.map(({ counts }) => counts))
  const all = shareOf(total)
  const comparable = lines.filter(({ counts }) => dueOf(counts) >= fewest).length
  const rows = lines.map(({ child, counts }) => {
    const own = shareOf(counts)
    const verdict = judgeDifference(own, { done: all.done - own.done, due: all.due - own.due }, comparable)
    return {
      organization: { id: child.id, name: child.name, kind: child.kind },
      counts,
      ratio: ratioOf(counts),
      interval: shownInterval(own),
      verdict,
      words: verdictWords[verdict],
    }
  })
  return {
    organization: { id: place.id, name: place.name, kind: place.kind },
    period: asked.period,
    sentence: differencesInWords(rows.map((row) => row.verdict)),
    method,
    total: { counts: total, ratio: ratioOf(total), interval: shownInterval(all) },
    rows,
  }
}
