import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import type { CryptoProvider } from '../../../kernel/crypto/provider.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { instantOf } from '../../../kernel/ledger/ledger.store.ts'
import { type CivilDate, inChinese } from '../../../kernel/time/civil-date.ts'
import { ownerNames } from '../cases/case-names.queries.ts'
import { before, cursorAt, detailsOf, reaching, type Shown, underId } from '../records/records.queries.ts'
import type { RecordStep } from '../records/records.contract.ts'
import { possible } from '../records/records.rules.ts'
import { readableClue } from './clue-line.queries.ts'
import type { ClueLine, CluePage } from './clues.contract.ts'
import { clueLife, type ClueSource, type ClueState, type ClueVerb, clueVerbs } from './clues.lifecycle.ts'
import { deadlineOf } from './clues.rules.ts'
import { openText, openWords, personsNamed } from './clues.store.ts'

export interface Asking {
  readonly actor: Actor
  readonly today: CivilDate
  readonly crypto: CryptoProvider
}

/** What a list of clues can be narrowed by; never by words, for these are sealed. */
export interface CluesAsked {
  readonly under?: string | undefined
  readonly state?: ClueState | undefined
  readonly source?: ClueSource | undefined
  readonly overdue?: 'yes' | undefined
  readonly after?: string | undefined
  readonly limit: number
}

interface ClueRow {
  readonly no: number
  readonly id: string
  readonly state: ClueState
  readonly source: ClueSource
  readonly title: string
  readonly organization: { id: string; name: string }
  readonly handledBy: { id: string; name: string }
  readonly receivedOn: CivilDate
  readonly assessBy: CivilDate
  readonly dueOn: CivilDate | null
}

const columns = sql`c.no, c.id, c.state, c.source, c.title_cipher as title, jsonb_build_object('id', o.id, 'name', o.name) as organization,
  jsonb_build_object('id', h.id, 'name', h.name) as "handledBy", c.received_on as "receivedOn", c.assess_by as "assessBy", c.due_on as "dueOn"`
const tables = sql`supervision.clues c join directory.organizations_now o on o.no = c.organization_no
  join directory.organizations_now h on h.no = c.handled_by_no`
const late = (today: CivilDate) => sql<boolean>`(c.state = 'received' and c.assess_by < ${today}::date
  or c.state = 'verifying' and c.due_on < ${today}::date)`

function lineOf(row: ClueRow, { crypto, today }: Asking): ClueLine {
  const dueOn = deadlineOf(row)
  return {
    id: row.id,
    title: openText(crypto, 'title', { id: row.id, sealed: row.title }) ?? '',
    state: row.state,
    source: row.source,
    organization: row.organization,
    handledBy: row.handledBy,
    receivedOn: row.receivedOn,
    dueOn,
    overdue: dueOn !== null && dueOn < today,
  }
}

const yes = sql<boolean>`true`

/** One page of the clues that the reader handles, the newest first. */
export async function cluesAsked(read: Read, asked: CluesAsked, asking: Asking) {
  const db = reading<'supervision' | 'directory'>(read)
  const match = sql<boolean>`${readableClue(asking.actor)} and ${underId(asked.under, 'c.organization_no')}
    and ${asked.state ? sql<boolean>`c.state = ${asked.state}` : yes} and ${asked.source ? sql<boolean>`c.source = ${asked.source}` : yes}
    and ${asked.overdue ? late(asking.today) : yes}`
  const { rows } = await sql<ClueRow>`select ${columns} from ${tables}
    where ${match} and ${before(asked.after, 'c.no')} order by c.no desc limit ${asked.limit + 1}`.execute(db)
  const page = rows.slice(0, asked.limit)
  const last = page.at(-1)
  return {
    items: page.map((row) => lineOf(row, asking)),
    next: rows.length > asked.limit && last ? cursorAt(last.no) : null,
  }
}

interface PageRow extends ClueRow {
  readonly revision: number
  readonly handledByNo: number
  readonly matter: string
  readonly informant: string | null
  readonly outcome: string | null
  readonly concludedOn: CivilDate | null
  readonly finding: CluePage['finding']
  readonly problem: CluePage['problem']
  readonly keyProject: CluePage['keyProject']
}

/** One clue whole, opened for whoever handles it. */
export async function clueAsked(read: Read, id: string, asking: Asking): Promise<CluePage> {
  const { actor, crypto } = asking
  const { rows } =
    await sql<PageRow>`select ${columns}, c.revision, c.handled_by_no as "handledByNo", c.matter_cipher as matter, c.informant_cipher as informant,
      c.outcome_cipher as outcome, c.concluded_on as "concludedOn",
      (select jsonb_build_object('id', f.id, 'inspectionId', i.id) from supervision.findings f join supervision.inspections i on i.no = f.inspection_no
        where f.no = c.finding_no) as finding,
      (select jsonb_build_object('id', p.id) from supervision.problems p where p.no = c.problem_no) as problem,
      (select jsonb_build_object('id', k.id, 'name', k.name) from supervision.key_projects k where k.no = c.key_project_no) as "keyProject"
    from ${tables} where c.id = ${id} and ${readableClue(actor)}`.execute(reading<'supervision' | 'directory'>(read))
  const row = rows[0]
  if (!row) throw new Problem('supervision.clue_not_found')
  const nos = await personsNamed(read, row.no)
  const names = await ownerNames(read, nos)
  const reaches = await reaching(read, actor, row.handledByNo)
  const opened = (text: 'matter' | 'informant' | 'outcome') => openText(crypto, text, { id, sealed: row[text] })
  return {
    ...lineOf(row, asking),
    revision: row.revision,
    matter: opened('matter') ?? '',
    informant: opened('informant'),
    persons: nos.flatMap((no) => names.get(no) ?? []),
    finding: row.finding,
    problem: row.problem,
    keyProject: row.keyProject,
    outcome: opened('outcome'),
    concludedOn: row.concludedOn,
    steps: await stepsOf(read, row, crypto),
    abilities: possible(clueLife, row.state).filter((verb) => reaches(`supervision.clue.${verb}`)),
    notices: [],
  }
}

const day = (on: unknown) => inChinese(String(on))
const shown: Shown = {
  opinion: { label: '评估意见' },
  plan: { label: '核实办法' },
  dueOn: { label: '核实期限', text: day },
  to: { label: '移送到' },
  outcome: { label: '办理结果' },
  added: { label: '补充', text: (count) => `${String(count)} 人` },
}

const otherwise: Readonly<Record<string, string>> = { receive: '受理', hand_over: '原办理组织撤销，交上级' }
const nameOf = (action: string) => otherwise[action] ?? clueVerbs[action as ClueVerb]

async function stepsOf(read: Read, of: { no: number; id: string }, crypto: CryptoProvider): Promise<RecordStep[]> {
  const { rows } = await sql<{
    revision: number
    action: string
    sealed: string
    signedAs: string
    at: Date
    by: string | null
  }>`select s.revision, s.action, s.words_cipher as sealed, s.signed_as as "signedAs", s.acted_at as at,
      directory.account_name(s.acted_by) as by
    from supervision.clue_steps s where s.clue_no = ${of.no} order by s.revision`.execute(reading<'supervision'>(read))
  return rows.map(({ revision, action, sealed, signedAs, at, by }) => {
    const { reason, body } = openWords(crypto, { id: of.id, revision, sealed })
    const details = detailsOf(body, shown)
    return { revision, action, actionName: nameOf(action), by: by ?? '系统', signedAs, at: instantOf(at), reason, details }
  })
}
