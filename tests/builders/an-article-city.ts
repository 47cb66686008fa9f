import { Document, Packer, Paragraph } from 'docx'
import { sql } from 'kysely'
import type { Actor } from '../../src/kernel/access/actor.ts'
import { newId } from '../../src/kernel/identity/ids.ts'
import type { TestPlatform } from '../../src/kernel/testing/test-platform.ts'
import { type Planted, type World, worldOf } from './world.ts'

export interface ArticleCity {
  readonly world: World
  readonly people: Readonly<Record<string, Planted>>
  readonly actors: Readonly<Record<string, Actor>>
}

async function aUnit(world: World, name: string, city: Planted): Promise<{ unit: Planted; group: Planted; branch: Planted }> {
  const made = await world.organization('unit', name, city)
  return {
    unit: made,
    group: await world.organization('leading_group', `${name}党组`, made),
    branch: await world.organization('branch', `${name}支部`, made),
  }
}

/** Three units: two leading officials who owe an article, a colleague, reviewers of other units, and an officer of the working committee. */
export async function anArticleCity(platform: TestPlatform): Promise<ArticleCity> {
  const world = worldOf(platform)
  const [people, actors]: [Record<string, Planted>, Record<string, Actor>] = [{}, {}]
  /** With an account that holds the role in the database too, so that reviewers can be found. */
  const somebody = async (name: string, at: { home: Planted; role: string; over: Planted }) => {
    const person = await world.person(at.home, name)
    const actor = await world.actor(at.role, at.over, { person })
    people[name] = person
    actors[name] = actor
    await sql`insert into directory.grants (id, account_no, role, organization_no, valid, state, proposed_at)
      values (${newId('gra')}, ${actor.accountNo}, ${at.role}, ${at.over.no}, '[2020-01-01,)', 'approved', now())`.execute(
      world.db,
    )
    return person
  }
  const city = await world.organization('working_committee', '示例工委', null)
  const a = await aUnit(world, '示例住建局', city)
  const b = await aUnit(world, '示例水利局', city)
  const c = await aUnit(world, '示例教育局', city)
  const secretary = await somebody('甲书记', { home: a.branch, role: 'unit_leader', over: a.group })
  const deputy = await somebody('乙副职', { home: a.branch, role: 'unit_leader', over: a.group })
  await somebody('丙同事', { home: a.branch, role: 'reviewer', over: city })
  await somebody('丁工委', { home: b.branch, role: 'committee_officer', over: city })
  await somebody('戊评审', { home: b.branch, role: 'reviewer', over: b.branch })
  await somebody('己评审', { home: c.branch, role: 'reviewer', over: c.branch })
  await somebody('庚领导', { home: a.branch, role: 'unit_leader', over: a.unit })
  await world.post(secretary, a.group, 'leading_group_secretary')
  await world.post(deputy, a.group, 'leading_group_deputy')
  return { world, people, actors }
}

/** A Word file of so many paragraphs. */
export const wordFile = (paragraphs: readonly string[]): Promise<Buffer> =>
  Packer.toBuffer(new Document({ sections: [{ children: paragraphs.map((text) => new Paragraph(text)) }] }))

/** Text of characters drawn by a seed, so that two seeds have nothing in common. */
export const seededText = (seed: number, length = 120): string =>
  Array.from({ length }, (_, at) => String.fromCharCode(0x4e00 + ((seed * 7919 + at * at * 31 + at * seed) % 3001))).join('')
