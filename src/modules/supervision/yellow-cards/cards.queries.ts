import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { type CivilDate, inChinese } from '../../../kernel/time/civil-date.ts'
import { ownerNames } from '../cases/case-names.queries.ts'
import { before, cursorAt, reaching, recordSteps, type Shown, underId, within } from '../records/records.queries.ts'
import { possible } from '../records/records.rules.ts'
import type { CardItem, CardLine, CardPage } from './cards.contract.ts'
import { cardLife, type CardState, cardVerbs, type CardVerb } from './cards.lifecycle.ts'
import { itemsOfCard, type StoredItem } from './cards.store.ts'

interface Asking {
  readonly actor: Actor
  readonly today: CivilDate
}

export interface CardsAsked {
  readonly under?: string | undefined
  readonly state?: CardState | undefined
  readonly history?: 'yes' | undefined
  readonly after?: string | undefined
  readonly limit: number
}

/** Cards `y` that the reader may see whole, by role. */
const whole = (actor: Actor) => within(actor, 'supervision.yellow_card.read', 'y.organization_no')
/** Those, and the public ones while in force. */
const visible = (actor: Actor) => sql<boolean>`(${whole(actor)} or y.is_public and y.state = 'in_force')`

interface CardRow extends Omit<CardLine, 'organization'> {
  readonly no: number
  readonly organizationId: string
  readonly organizationName: string
}

const columns = sql`y.no, y.id, y.state, y.grounds, y.proposed_on as "proposedOn", y.decided_on as "decidedOn", y.lifted_on as "liftedOn",
  y.is_public as "isPublic", o.id as "organizationId", o.name as "organizationName",
  (select count(*)::int from supervision.yellow_card_items i where i.card_no = y.no) as items,
  (select count(*)::int from supervision.yellow_card_items i where i.card_no = y.no and i.state = 'passed') as passed`

const lineOf = (row: CardRow): CardLine => ({
  id: row.id,
  state: row.state,
  organization: { id: row.organizationId, name: row.organizationName },
  grounds: row.grounds,
  proposedOn: row.proposedOn,
  decidedOn: row.decidedOn,
  liftedOn: row.liftedOn,
  isPublic: row.isPublic,
  items: row.items,
  passed: row.passed,
})

/** One page of the cards; those whose trace has expired, and those declined or revoked, stand in the history only. */
export async function cardsAsked(read: Read, asked: CardsAsked, { actor, today }: Asking) {
  const current = sql<boolean>`(y.state in ('proposed', 'heard', 'in_force') or y.state = 'lifted' and y.shown_until >= ${today}::date)`
  const match = sql<boolean>`${visible(actor)} and ${underId(asked.under, 'y.organization_no')}
    and ${asked.state ? sql<boolean>`y.state = ${asked.state}` : sql<boolean>`true`}
    and ${asked.history ? sql<boolean>`true` : current}`
  const db = reading<'supervision' | 'directory'>(read)
  const { rows } = await sql<CardRow>`select ${columns} from supervision.yellow_cards y
    join directory.organizations_now o on o.no = y.organization_no
    where ${match} and ${before(asked.after, 'y.no')} order by y.no desc limit ${asked.limit + 1}`.execute(db)
  const page = rows.slice(0, asked.limit)
  const last = page.at(-1)
  return { items: page.map(lineOf), next: rows.length > asked.limit && last ? cursorAt(last.no) : null }
}

interface PageRow extends CardRow {
  readonly organizationNo: number
  readonly revision: number
  readonly caseId: string | null
  readonly hearBy: CivilDate
  readonly records: CardPage['records']
  readonly statement: string | null
  readonly decision: string | null
  readonly shownUntil: CivilDate | null
  readonly whole: boolean
}

const shown: Shown = {
  statement: { label: '陈述意见' },
  escalatedTo: { label: '提醒到' },
  title: { label: '哪一条' },
  result: { label: '办理结果' },
  test: { label: '核验情况' },
  month: { label: '月份' },
  report: { label: '整改情况' },
  isPublic: { label: '是否公开', text: (is) => (is === true ? '公开' : '不公开') },
  shownUntil: { label: '留痕到', text: (day) => inChinese(String(day)) },
}

/** The page of one card. Who sees it only because it is public sees the grounds, the decision and the list, not the hearing. */
export async function cardAsked(read: Read, id: string, { actor, today }: Asking): Promise<CardPage> {
  const db = reading<'supervision' | 'directory'>(read)
  const { rows } = await sql<PageRow>`select ${columns}, y.organization_no as "organizationNo", y.revision, c.id as "caseId",
      y.hear_by as "hearBy", y.records, y.statement, y.decision, y.shown_until as "shownUntil", ${whole(actor)} as whole
    from supervision.yellow_cards y join directory.organizations_now o on o.no = y.organization_no
    left join supervision.cases c on c.no = y.case_no where y.id = ${id} and ${visible(actor)}`.execute(db)
  const row = rows[0]
  if (!row) throw new Problem('supervision.yellow_card_not_found')
  const reaches = await reaching(read, actor, row.organizationNo)
  const items = await itemsOfCard(read, row.no)
  const inner = row.whole
    ? {
        statement: row.statement,
        reports: await reportsOf(read, row.no),
        steps: await recordSteps(
          read,
          { kind: 'yellow_card', no: row.no },
          { verbs: { ...cardVerbs, propose: '建议', escalate: '逐级提醒', hand_over: '移交承接组织' }, shown },
        ),
      }
    : { statement: null, reports: [], steps: [] }
  const { items: _items, passed: _passed, ...line } = lineOf(row)
  const { revision, caseId, hearBy, records, decision, shownUntil } = row
  return {
    ...line,
    revision,
    caseId,
    hearBy,
    records,
    decision,
    shownUntil,
    ...inner,
    items: await itemLines(read, items, row.state === 'in_force' ? { actor, reaches } : null),
    ...offeredOf(row, { reaches, today }),
  }
}

async function reportsOf(read: Read, cardNo: number) {
  return reading<'supervision'>(read)
    .selectFrom('supervision.yellow_card_reports')
    .select(['month', 'report'])
    .where('card_no', '=', cardNo)
    .orderBy('month')
    .execute()
}

type Reaches = (permission: string) => boolean

async function itemLines(
  read: Read,
  items: readonly StoredItem[],
  by: { actor: Actor; reaches: Reaches } | null,
): Promise<CardItem[]> {
  const names = await ownerNames(
    read,
    items.map((item) => item.ownerNo),
  )
  return items.map((item) => ({
    id: item.id,
    title: item.title,
    owner: names.get(item.ownerNo) ?? null,
    dueOn: item.dueOn,
    state: item.state,
    result: item.result,
    test: item.test,
    abilities: by ? itemAbilities(item, by) : [],
  }))
}

function itemAbilities(item: StoredItem, { actor, reaches }: { actor: Actor; reaches: Reaches }): string[] {
  if (item.state === 'open') return reaches('supervision.yellow_card.finish_item') ? ['finish_item'] : []
  if (item.state === 'passed') return []
  const hand = item.doneBy === actor.accountNo || item.ownerNo === actor.personNo
  const verbs = reaches('supervision.yellow_card.return_item') ? ['return_item'] : []
  return reaches('supervision.yellow_card.pass_item') && !hand ? ['pass_item', ...verbs] : verbs
}

const ofItems: readonly CardVerb[] = ['finish_item', 'pass_item', 'return_item', 'revoke']

function offeredOf(row: PageRow, { reaches, today }: { reaches: Reaches; today: CivilDate }) {
  const abilities = possible(cardLife, row.state).filter(
    (verb) =>
      !ofItems.includes(verb) && reaches(`supervision.yellow_card.${verb}`) && (verb !== 'pass_hearing' || today > row.hearBy),
  )
  const notices = row.state === 'proposed' && row.whole ? [`先听本组织陈述，陈述期到${inChinese(row.hearBy)}。`] : []
  return { abilities, notices }
}
