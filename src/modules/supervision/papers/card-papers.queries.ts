import { sql } from 'kysely'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import type { PaperFigure } from '../../../kernel/papers/paper.contract.ts'
import { followerNo } from '../cases/case-owner.queries.ts'
import type { CardPage } from '../yellow-cards/cards.contract.ts'
import { cardAsked } from '../yellow-cards/cards.queries.ts'
import { findCard } from '../yellow-cards/cards.store.ts'
import type { Card, ListedItem, Matter } from './paper-inputs.rules.ts'
import { paperKinds } from './paper-kinds.rules.ts'
import { declarePaperSource, type PaperSource } from './paper-sources.queries.ts'

/** The clause that a card rests on, in its document's words. */
async function clauseOf(read: Read): Promise<{ document: string; code: string; title: string } | null> {
  const { rows } = await sql<{ document: string; code: string; title: string }>`select d.title as document, c.code, c.title
    from rulebook.clauses c join rulebook.documents d on d.no = c.document_no where d.code = 'SBS2020' and c.code = 'D3.5'`.execute(
    reading<'rulebook'>(read),
  )
  return rows[0] ?? null
}

/** A card is decided by the working committee, which signs what is written of it. */
async function issuerOf(read: Read, organizationNo: number): Promise<number> {
  const { rows } = await sql<{ no: number }>`select a.ancestor_no as no from directory.organization_ancestry a
    join directory.organizations o on o.no = a.ancestor_no and o.kind = 'working_committee'
    where a.organization_no = ${organizationNo} and upper_inf(a.valid) limit 1`.execute(reading<'directory'>(read))
  return rows[0]?.no ?? followerNo(read, organizationNo)
}

const figureOf = (page: CardPage, count: number, how: string): PaperFigure => ({
  figure: String(count),
  note: `${how}出处：/yellow-cards/${page.id}`,
})

const itemsOf = (page: CardPage): ListedItem[] =>
  page.items.map(({ title, owner, dueOn }) => ({ title, owner: owner?.name ?? '－', dueOn }))

const lastDay = (items: readonly ListedItem[], otherwise: string) =>
  items.reduce((last, item) => (item.dueOn > last ? item.dueOn : last), otherwise)

function cardOf(page: CardPage, clause: string): Card {
  const items = itemsOf(page)
  const decidedOn = page.decidedOn ?? page.proposedOn
  return {
    organization: page.organization.name,
    grounds: page.grounds,
    clause,
    records: page.records.map(({ requirement, title, periods }) => ({
      title,
      periods: figureOf(page, periods.length, `要求${requirement}没有达到的各期：${periods.join('、')}。`),
    })),
    count: figureOf(page, items.length, '整改清单上的事项逐项计数。'),
    decidedOn,
    dueOn: lastDay(items, decidedOn),
    items,
  }
}

function matterOf(page: CardPage, clause: { code: string; title: string } | null): Matter {
  const items = itemsOf(page)
  const said = (of: (item: CardPage['items'][number]) => string | null) =>
    page.items.flatMap((item) => of(item) ?? []).join('；') || null
  return {
    organization: page.organization.name,
    title: '黄牌警示整改',
    number: null,
    why: page.grounds,
    clauses: clause ? [clause] : [],
    owner: null,
    dueOn: lastDay(items, page.decidedOn ?? page.proposedOn),
    remedies: null,
    overdue: null,
    records: null,
    report: said((item) => item.result),
    verification: said((item) => item.test),
    items,
  }
}

function offersOf(page: CardPage, clause: Awaited<ReturnType<typeof clauseOf>>): PaperSource['offers'] {
  const { yellow_card: warning, rectification_list: list, closing } = paperKinds
  const words = clause ? `《${clause.document}》${clause.code}“${clause.title}”` : '黄牌警示的有关规定'
  if (page.state === 'lifted') return { closing: () => closing.compose(matterOf(page, clause)) }
  if (page.state !== 'in_force') return {}
  return {
    yellow_card: () => warning.compose(cardOf(page, words)),
    rectification_list: () => list.compose(matterOf(page, clause)),
  }
}

declarePaperSource('yellow_card', async (read, id, asking) => {
  const stored = await findCard(read, id)
  if (!stored) throw new Problem('supervision.yellow_card_not_found')
  const page = await cardAsked(read, id, asking)
  return {
    revision: stored.revision,
    issuerNo: await issuerOf(read, stored.organizationNo),
    addresseeNos: [stored.organizationNo],
    offers: offersOf(page, await clauseOf(read)),
  }
})
