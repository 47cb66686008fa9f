import { sql } from 'kysely'
import { posts } from '../../directory/posts/posts.contract.ts'
import { declareMeasures, declareRecordKind } from '../engine/engine.measures.ts'
import { declareEvents } from '../engine/event-sources.measures.ts'
import { committeeFormed, committeesElected, termsKept } from './committees.measures.ts'
import { coverage, responsibilityHeld } from './coverage.measures.ts'
import { postSeasoned, postsFilled, postWithin } from './posts.measures.ts'
import { called } from './register-day.measures.ts'
import { electionDue, memberJoined, organizationEstablished, postStarted } from './register-events.measures.ts'
import { bodiesFormed, sizeKept } from './sizes.measures.ts'

const postNames = Object.fromEntries(Object.entries(posts).map(([code, { name }]) => [code, name]))

/** Hands the engine what may be asked of the directory's registers: their state, and what happens in them. */
export function declareRegister(): void {
  declareRecordKind(
    'organization',
    sql`select o.no, o.id, o.name as title, o.established_on as happened_on from directory.organizations_now o`,
  )
  declareRecordKind(
    'committee',
    sql`select c.no, o.id, o.name || '本届委员会' as title, c.elected_on as happened_on
      from directory.committees c join directory.organizations_now o on o.no = c.organization_no`,
  )
  declareRecordKind(
    'post',
    sql`select t.no, s.id, s.name || '任' || ${called(sql`t.post`, postNames)} as title, lower(t.valid) as happened_on
      from directory.posts t join directory.persons s on s.no = t.person_no`,
  )
  declareRecordKind('person', sql`select s.no, s.id, s.name as title, s.joined_on as happened_on from directory.persons s`)
  declareMeasures(
    postsFilled,
    postWithin,
    postSeasoned,
    termsKept,
    committeeFormed,
    committeesElected,
    sizeKept,
    bodiesFormed,
    responsibilityHeld,
    coverage,
  )
  declareEvents(postStarted, memberJoined, electionDue, organizationEstablished)
}
