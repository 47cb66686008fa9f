import type { Work } from '../../../kernel/actions/action.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { tagsDefined } from '../../rulebook/index.ts'
import { chosenOrganizations, fileNumbers, numberOf, personNumbers, refuseGone } from '../meetings/meeting-body.queries.ts'
import type { LinkedKind, WorkRecordInput } from './work-records.contract.ts'
import { tagFaults } from './work-records.rules.ts'
import type { WorkRecordBody } from './work-records.store.ts'

const tables = { meeting: 'orglife.meetings', work_record: 'orglife.work_records' } as const satisfies Record<LinkedKind, string>

async function checkLinks(read: Read, links: WorkRecordInput['links']): Promise<void> {
  for (const [index, link] of links.entries()) {
    const found = await reading<'orglife'>(read)
      .selectFrom(tables[link.kind])
      .select('id')
      .where('id', '=', link.id)
      .executeTakeFirst()
    if (!found)
      throw new Problem('orglife.linked_record_not_found', {
        errors: [{ field: `links.${index}.id`, message: '没有找到这条记录，请去掉它。' }],
      })
  }
}

/** Against what a record is judged: what stands, and the day. */
type Written = { readonly tx: Read } & Pick<Work, 'today'>

function checkDays(on: Written, { startedOn, heldOn }: WorkRecordInput): void {
  if (heldOn > on.today) throw new Problem('orglife.work_in_future', { errors: [{ field: 'heldOn', message: '这一天还没到。' }] })
  if (startedOn !== undefined && startedOn > heldOn)
    throw new Problem('orglife.work_days_reversed', { errors: [{ field: 'startedOn', message: '开始日期晚于结束日期。' }] })
}

/** Makes the whole body of a work record from what was entered, or refuses it with the fields at fault. */
export async function workRecordBodyOf(work: Written, input: WorkRecordInput): Promise<WorkRecordBody> {
  checkDays(work, input)
  const errors = tagFaults(input, await tagsDefined(work.tx))
  if (errors.length > 0) throw new Problem('orglife.tag_unfit', { detail: errors.map((error) => error.message).join(''), errors })
  const organizations = await chosenOrganizations(work.tx, input.organizationIds)
  refuseGone(organizations, input.heldOn)
  await checkLinks(work.tx, input.links)
  const known = await personNumbers(work.tx, input.personIds)
  return {
    organizationNos: organizations.map((organization) => organization.no),
    tags: input.tags.map(({ tag, category }) => ({ tag, category: category ?? null })),
    title: input.title,
    content: input.content,
    startedOn: input.startedOn === input.heldOn ? null : (input.startedOn ?? null),
    heldOn: input.heldOn,
    hours: input.hours ?? null,
    quantity: input.quantity ?? null,
    place: input.place || null,
    result: input.result || null,
    personNos: [...new Set(input.personIds.map((id, index) => numberOf(known, id, `personIds.${index}`)))],
    fileNos: await fileNumbers(work.tx, input.fileIds),
    links: input.links,
  }
}
