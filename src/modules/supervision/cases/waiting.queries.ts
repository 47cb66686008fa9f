import { sql } from 'kysely'
import { declareWaiting } from '../../rulebook/index.ts'

declareWaiting(
  'case',
  sql`select c.organization_no, c.title, c.waiting_for as waits_on, c.waiting_since as since, c.id
    from supervision.cases c where c.waiting_since is not null`,
)
