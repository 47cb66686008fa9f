import type { Work } from '../../../kernel/actions/action.ts'
import { type Read, reading, writing } from '../../../kernel/database/handles.ts'
import { newId } from '../../../kernel/identity/ids.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { writeRecordStep } from '../records/records.store.ts'
import type { LocalRuleKind, LocalRuleState, OriginKind } from './local-rules.lifecycle.ts'

/** A lasting rule as the acts need it. */
export interface StoredLocalRule {
  readonly no: number
  readonly id: string
  readonly revision: number
  readonly state: LocalRuleState
  readonly organizationNo: number
  readonly kind: LocalRuleKind
  readonly inForceFrom: CivilDate
  /** The day by which it is to be reviewed. */
  readonly dueOn: CivilDate
}

export async function findLocalRule(read: Read, id: string): Promise<StoredLocalRule | null> {
  const row = await reading<'supervision'>(read)
    .selectFrom('supervision.local_rules')
    .select(['no', 'id', 'revision', 'state', 'kind', 'organization_no as organizationNo'])
    .select(['in_force_from as inForceFrom', 'review_on as dueOn'])
    .where('id', '=', id)
    .executeTakeFirst()
  return row ? { ...row, state: row.state as LocalRuleState, kind: row.kind as LocalRuleKind } : null
}

export interface LocalRuleWords {
  readonly title: string
  readonly number: string | null
  readonly gist: string | null
  readonly inForceFrom: CivilDate
  readonly reviewOn: CivilDate
  readonly fileId: string | null
}

export const localRuleColumns = (said: LocalRuleWords) => ({
  title: said.title,
  number: said.number,
  gist: said.gist,
  in_force_from: said.inForceFrom,
  review_on: said.reviewOn,
  file_id: said.fileId,
})

export interface EnteredLocalRule {
  readonly organizationNo: number
  readonly kind: LocalRuleKind
  readonly said: LocalRuleWords
  readonly origin: { readonly kind: OriginKind; readonly id: string } | null
  readonly signedAs: string
}

export async function insertLocalRule(work: Work, entered: EnteredLocalRule): Promise<{ no: number; id: string }> {
  const { organizationNo, kind, said, origin, signedAs } = entered
  const row = await writing<'supervision'>(work.tx)
    .insertInto('supervision.local_rules')
    .values({
      ...localRuleColumns(said),
      id: newId('lrl'),
      revision: 1,
      state: 'in_force',
      organization_no: organizationNo,
      kind,
      origin_kind: origin?.kind ?? null,
      origin_id: origin?.id ?? null,
      entered_on: work.today,
      entered_by: work.actor.accountNo,
    })
    .returning(['no', 'id'])
    .executeTakeFirstOrThrow()
  const step = {
    action: 'enter',
    state: 'in_force',
    reason: null,
    body: { kind, ...said },
    signedAs,
    recordNo: row.no,
    revision: 1,
  }
  await writeRecordStep(work, 'local_rule', step)
  return row
}

/** Keeps that a rule was reviewed, by when it was due and what came of it. */
export async function insertReview(work: Work, of: StoredLocalRule, outcome: 'kept' | 'revised' | 'repealed'): Promise<void> {
  await writing<'supervision'>(work.tx)
    .insertInto('supervision.local_rule_reviews')
    .values({ rule_no: of.no, organization_no: of.organizationNo, due_on: of.dueOn, done_on: work.today, outcome })
    .execute()
}
