import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { declareWorkItems, type WorkItem } from '../../../kernel/work-items/registry.ts'
import { within } from '../records/records.queries.ts'
import { toConfirm, toDecideProblem, toRectify, toVerifyProblem } from './problems.queries.ts'

const kind = 'supervision.problems'

interface Waiting {
  readonly decide: number
  readonly verify: number
  readonly rectify: number
  readonly confirm: number
  readonly letters: number
  readonly due: string | null
}

/** What the problem list has for the reader, each heap with the list behind it. */
async function heapsOf(read: Read, actor: Actor): Promise<WorkItem[]> {
  const { rows } = await sql<Waiting>`select count(*) filter (where ${toDecideProblem(actor)})::int as decide,
      count(*) filter (where ${toVerifyProblem(actor)})::int as verify, count(*) filter (where ${toRectify(actor)})::int as rectify,
      count(*) filter (where ${toConfirm(actor)})::int as confirm, min(p.due_on) filter (where ${toRectify(actor)}) as due,
      (select count(*)::int from supervision.letters l where l.state = 'waiting'
        and ${within(actor, 'supervision.letter.sift', 'l.organization_no')}) as letters
    from supervision.problems p where p.state in ('raised', 'rectifying', 'rectified', 'verified')`.execute(
    reading<'supervision' | 'directory'>(read),
  )
  return rows.flatMap(heaps)
}

const list = (state: string) => `/problems?state=${state}&mine=to_act`

function heaps({ decide, verify, rectify, confirm, letters, due }: Waiting): WorkItem[] {
  const of = (name: string, count: number, item: Pick<WorkItem, 'title' | 'detail' | 'link' | 'tone'>): WorkItem => ({
    kind,
    id: `${kind}.${name}`,
    due: name === 'rectify' ? due : null,
    count,
    ...item,
  })
  const all = [
    of('letters', letters, {
      title: `${letters} 封匿名来信待筛看`,
      detail: '不知道是谁写的，请勿追查',
      link: '/problem-letters',
      tone: 'soon',
    }),
    of('decide', decide, { title: `${decide} 个问题待受理`, detail: '定责任人、措施和时限', link: list('raised'), tone: 'soon' }),
    of('rectify', rectify, {
      title: `${rectify} 个问题要整改`,
      detail: '整改后报告结果',
      link: list('rectifying'),
      tone: 'soon',
    }),
    of('verify', verify, { title: `${verify} 个问题待核验`, detail: '请看整改结果', link: list('rectified'), tone: 'soon' }),
    of('confirm', confirm, {
      title: `${confirm} 个您提的问题待确认`,
      detail: '是否已经解决',
      link: list('verified'),
      tone: 'soon',
    }),
  ]
  return all.filter((item) => (item.count ?? 0) > 0)
}

declareWorkItems({ kind, list: (read, actor) => heapsOf(read, actor) })
