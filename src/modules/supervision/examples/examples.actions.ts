import { z } from 'zod'
import { action, type Work } from '../../../kernel/actions/action.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { notify } from '../../../kernel/notices/registry.ts'
import { organizationById } from '../../directory/index.ts'
import { type RecordMachine, stepping } from '../records/records.actions.ts'
import { signedAs } from '../records/signature.rules.ts'
import { seesRecord } from './example-records.queries.ts'
import * as contract from './examples.contract.ts'
import { exampleLife, type ExampleState, type ExampleVerb } from './examples.lifecycle.ts'
import './examples.policy.ts'
import {
  type ExampleRecord,
  findExample,
  insertExample,
  insertExampleLink,
  linksOfExample,
  removeExampleLink,
  type StoredExample,
} from './examples.store.ts'

const ofExample = z.object({ id: z.string() })
const told: Partial<Record<ExampleVerb, string>> = {
  review: '好做法已审核通过，待市内发布',
  return: '好做法退回修改',
  publish: '好做法已在市内发布',
}

async function tell(work: Work, stored: StoredExample, verb: ExampleVerb): Promise<void> {
  const title = told[verb]
  if (title === undefined) return
  await notify(work.tx, {
    to: { accountNos: [stored.writtenBy] },
    except: work.actor.accountNo,
    kind: `supervision.example_${verb}`,
    title: `${title}：${stored.title}`,
    body: '',
    urgent: false,
    link: `/examples/${stored.id}`,
    at: work.now,
  })
}

/** Somebody else looks at it than who wrote or proposed it. */
function check(work: Work, stored: StoredExample, verb: ExampleVerb): void {
  const hands = [stored.writtenBy, stored.proposedBy]
  if (verb === 'review' && stored.state === 'proposed' && hands.includes(work.actor.accountNo))
    throw new Problem('supervision.example_reviewer_must_be_another')
}

const machine: RecordMachine<ExampleState, ExampleVerb, StoredExample> = {
  kind: 'example',
  life: exampleLife,
  find: findExample,
  notFound: 'supervision.example_not_found',
  notAllowedNow: 'supervision.example_not_allowed_now',
  check,
  otherwise: '当事人',
  tell,
}
const step = stepping(machine)

async function checkRecord(work: Work, record: ExampleRecord, field: string): Promise<void> {
  if (await seesRecord(work.tx, record)) return
  throw new Problem('supervision.example_record_not_found', { errors: [{ field, message: '没有这条记录，请重新选择。' }] })
}

export const writeExampleAction = action({
  name: 'supervision.example.write',
  input: contract.writeExample.body,
  touches: async (work, { organizationId }) => [(await organizationById(work.tx, organizationId)).no],
  run: async (work, { organizationId, records, ...said }) => {
    const { no } = await organizationById(work.tx, organizationId)
    for (const [at, record] of records.entries()) await checkRecord(work, record, `records.${at}.reference`)
    const signed = signedAs(work.actor, 'supervision.example.write')
    const entered = await insertExample(work, { ...said, organizationNo: no, signedAs: signed })
    for (const record of records) await insertExampleLink(work, entered.no, record)
    const { id } = entered
    return { reply: { id }, objects: [{ kind: 'example', id }], fields: { ...said, records: records.length } }
  },
})

export const amendExampleAction = step(
  'amend',
  ofExample.extend(contract.amendExample.body.shape),
  (_work, stored, { id: _id, revision, ...said }) => {
    if (revision !== stored.revision) throw new Problem('kernel.changed_meanwhile')
    return { set: said, reason: null, body: said }
  },
)

export const linkExampleAction = step(
  'link',
  ofExample.extend(contract.linkExample.body.shape),
  async (work, stored, { kind, reference }) => {
    await checkRecord(work, { kind, reference }, 'reference')
    if (!(await insertExampleLink(work, stored.no, { kind, reference }))) throw new Problem('supervision.example_record_linked')
    return { set: {}, reason: null, body: { kind, reference } }
  },
)

export const unlinkExampleAction = step(
  'unlink',
  ofExample.extend(contract.unlinkExample.body.shape),
  async (work, stored, { linkId }) => {
    if (!(await removeExampleLink(work, stored.no, linkId)))
      throw new Problem('supervision.example_record_not_found', { errors: [{ field: 'linkId', message: '没有这条关联。' }] })
    return { set: {}, reason: null, body: { linkId } }
  },
)

export const proposeExampleAction = step('propose', ofExample, async (work, stored) => {
  if ((await linksOfExample(work.tx, stored.no)).length === 0) throw new Problem('supervision.example_without_record')
  return { set: { proposed_by: work.actor.accountNo }, reason: null, body: {} }
})

export const reviewExampleAction = step(
  'review',
  ofExample.extend(contract.reviewExample.body.shape),
  (_work, _stored, { opinion }) => ({ set: {}, reason: null, body: { opinion } }),
)

export const returnExampleAction = step(
  'return',
  ofExample.extend(contract.returnExample.body.shape),
  (_work, _stored, { reason }) => ({ set: {}, reason, body: {} }),
)

export const publishExampleAction = step(
  'publish',
  ofExample.extend(contract.publishExample.body.shape),
  (work, _stored, { reason }) => ({ set: { published_on: work.today }, reason, body: {} }),
)

export const withdrawExampleAction = step(
  'withdraw',
  ofExample.extend(contract.withdrawExample.body.shape),
  (_work, _stored, { reason }) => ({ set: {}, reason, body: {} }),
)
