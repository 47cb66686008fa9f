import type { Work } from '../../../kernel/actions/action.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { chosenOrganizations, fileNumbers, numberOf, personNumbers, refuseGone } from '../meetings/meeting-body.queries.ts'
import { completedBy } from './entry-completion.queries.ts'
import type { EntryKind } from './entry-kind.contract.ts'
import type { CommonInput } from './entry-fields.contract.ts'
import type { EntryBody } from './entries.store.ts'

type Chosen = Awaited<ReturnType<typeof chosenOrganizations>>

function checkFit(kind: EntryKind, organizations: Chosen, heldOn: string): void {
  refuseGone(organizations, heldOn)
  const odd = organizations.find((organization) => !kind.heldBy.includes(organization.kind))
  if (!odd) return
  const message = `${odd.name}不记${kind.noun}，请选办这件事的组织。`
  throw new Problem('orglife.entry_kind_does_not_fit', { errors: [{ field: 'organizationIds', message }] })
}

async function peopleOf(work: Work, kind: EntryKind, named: Readonly<Record<string, readonly string[]>>) {
  const known = await personNumbers(work.tx, Object.values(named).flat())
  return kind.roles.flatMap(({ field, role }) =>
    [...new Set(named[field] ?? [])].map((id, index) => ({ personNo: numberOf(known, id, `${field}.${index}`), role })),
  )
}

/** Makes the whole body of an entry from what was entered, or refuses it with the fields at fault. */
export async function entryBodyOf(work: Work, kind: EntryKind, input: CommonInput): Promise<EntryBody> {
  if (input.heldOn > work.today)
    throw new Problem('orglife.entry_in_future', { errors: [{ field: 'heldOn', message: '这一天还没到。' }] })
  // The body was checked as a whole on its way in; here the kind's own fields are taken out of it again.
  const content = kind.content.parse(input)
  const named = kind.people.parse(input)
  const errors = [...(kind.faults?.({ content, people: named }) ?? [])]
  if (errors.length > 0)
    throw new Problem('orglife.entry_unfit', { detail: errors.map(({ message }) => message).join(''), errors })
  const organizations = await chosenOrganizations(work.tx, input.organizationIds)
  checkFit(kind, organizations, input.heldOn)
  return completedBy(work, kind.code, {
    organizationNos: organizations.map(({ no }) => no),
    title: input.title || kind.titleOf(content).slice(0, 100) || kind.noun,
    labels: kind.labelsOf?.(content) ?? [],
    content,
    heldOn: input.heldOn,
    place: input.place || null,
    people: await peopleOf(work, kind, named),
    fileNos: await fileNumbers(work.tx, input.fileIds),
  })
}
