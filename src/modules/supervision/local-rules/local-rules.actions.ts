import { z } from 'zod'
import { action, type Work } from '../../../kernel/actions/action.ts'
import { reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { organizationById } from '../../directory/index.ts'
import { recordTouched } from '../measures/touched.actions.ts'
import { type RecordMachine, stepping } from '../records/records.actions.ts'
import { signedAs } from '../records/signature.rules.ts'
import * as contract from './local-rules.contract.ts'
import { localRuleLife, type LocalRuleState, type LocalRuleVerb, type OriginKind } from './local-rules.lifecycle.ts'
import './local-rules.policy.ts'
import {
  findLocalRule,
  insertLocalRule,
  insertReview,
  localRuleColumns,
  type LocalRuleWords,
  type StoredLocalRule,
} from './local-rules.store.ts'
import { originTitle } from './rule-origins.queries.ts'

const ofRule = z.object({ id: z.string() })
const machine: RecordMachine<LocalRuleState, LocalRuleVerb, StoredLocalRule> = {
  kind: 'local_rule',
  life: localRuleLife,
  find: findLocalRule,
  notFound: 'supervision.local_rule_not_found',
  notAllowedNow: 'supervision.local_rule_not_allowed_now',
  check: () => undefined,
  otherwise: '当事人',
  tell: async () => undefined,
}
const step = stepping(machine)

interface Said {
  readonly title: string
  readonly number?: string | undefined
  readonly gist?: string | undefined
  readonly inForceFrom: CivilDate
  readonly reviewOn: CivilDate
  readonly fileId?: string | undefined
}

function checkReviewDay(work: Work, { inForceFrom, reviewOn }: { inForceFrom: CivilDate; reviewOn: CivilDate }): void {
  if (reviewOn > inForceFrom && reviewOn > work.today) return
  throw new Problem('supervision.local_rule_review_day', {
    errors: [{ field: 'reviewOn', message: '请填施行日期和今天之后的日期。' }],
  })
}

async function wordsOf(work: Work, said: Said): Promise<LocalRuleWords> {
  if (said.fileId !== undefined) {
    const file = reading<'kernel'>(work.tx).selectFrom('kernel.files').select('no').where('id', '=', said.fileId)
    if (!(await file.executeTakeFirst()))
      throw new Problem('supervision.local_rule_file_unknown', { errors: [{ field: 'fileId', message: '请重新上传文件。' }] })
  }
  const { title, inForceFrom, reviewOn } = said
  return { title, inForceFrom, reviewOn, number: said.number || null, gist: said.gist || null, fileId: said.fileId ?? null }
}

async function originOf(work: Work, kind: OriginKind | undefined, id: string | undefined) {
  if (kind === undefined && id === undefined) return null
  const origin = kind !== undefined && id !== undefined ? { kind, id } : null
  if (origin !== null && (await originTitle(work.tx, origin)) !== null) return origin
  throw new Problem('supervision.local_rule_origin_unknown', {
    errors: [{ field: kind === undefined ? 'originKind' : 'originId', message: '请重新选择它由哪一件而来，或者都不选。' }],
  })
}

export const enterLocalRuleAction = action({
  name: 'supervision.local_rule.enter',
  input: contract.enterLocalRule.body,
  touches: async (work, { organizationId }) => [(await organizationById(work.tx, organizationId)).no],
  run: async (work, { organizationId, kind, originKind, originId, ...said }) => {
    const { no: organizationNo } = await organizationById(work.tx, organizationId)
    checkReviewDay(work, said)
    const origin = await originOf(work, originKind, originId)
    const signed = signedAs(work.actor, 'supervision.local_rule.enter')
    const entered = await insertLocalRule(work, {
      organizationNo,
      kind,
      said: await wordsOf(work, said),
      origin,
      signedAs: signed,
    })
    await recordTouched(work, 'local_rule', { no: entered.no, organizationNo })
    const { id } = entered
    return { reply: { id }, objects: [{ kind: 'local_rule', id }], fields: { kind, ...said, originKind } }
  },
})

export const reviewLocalRuleAction = step(
  'review',
  ofRule.extend(contract.reviewLocalRule.body.shape),
  async (work, stored, { reason, reviewOn }) => {
    checkReviewDay(work, { inForceFrom: stored.inForceFrom, reviewOn })
    await insertReview(work, stored, 'kept')
    return { set: { review_on: reviewOn }, reason, body: { reviewOn } }
  },
)

export const reviseLocalRuleAction = step(
  'revise',
  ofRule.extend(contract.reviseLocalRule.body.shape),
  async (work, stored, { id: _id, reason, ...said }) => {
    checkReviewDay(work, said)
    const words = await wordsOf(work, said)
    await insertReview(work, stored, 'revised')
    return { set: localRuleColumns(words), reason, body: { ...words } }
  },
)

export const amendLocalRuleAction = step(
  'amend',
  ofRule.extend(contract.amendLocalRule.body.shape),
  async (work, stored, { id: _id, reason, revision, kind, ...said }) => {
    if (revision !== stored.revision) throw new Problem('kernel.changed_meanwhile')
    checkReviewDay(work, said)
    const words = await wordsOf(work, said)
    return { set: { ...localRuleColumns(words), kind }, reason, body: { kind, ...words } }
  },
)

export const repealLocalRuleAction = step(
  'repeal',
  ofRule.extend(contract.repealLocalRule.body.shape),
  async (work, stored, { reason }) => {
    await insertReview(work, stored, 'repealed')
    return { set: { repealed_on: work.today }, reason, body: {} }
  },
)
