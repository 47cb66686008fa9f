import { action, type Work } from '../../../kernel/actions/action.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { factsChanged } from '../../rulebook/index.ts'
import { hostOf } from '../classes/class-body.queries.ts'
import { homeOf } from '../hours/study-records.store.ts'
import { insertNote, ownNote, takeNoteBack } from './notes.store.ts'
import { correctReading, ofList, readingBody, shareNote, withdrawNote, withdrawReading } from './reading.contract.ts'
import { findList, givenTo, insertList, replaceList, type StoredList } from './reading.store.ts'

async function listOf(work: Work, id: string): Promise<StoredList> {
  const held = await findList(work.tx, id)
  if (!held) throw new Problem('learning.reading_list_not_found')
  return held
}

function standing(held: StoredList): void {
  if (held.state === 'withdrawn')
    throw new Problem('kernel.not_allowed_now', { detail: '这一期荐书已撤回，不能再改；请另荐一期。' })
}

function refuseAhead(work: Work, day: CivilDate): void {
  if (day > work.today)
    throw new Problem('learning.reading_in_future', { errors: [{ field: 'issuedOn', message: '这一天还没到。' }] })
}

/** What is recommended bears on whom it is given to. */
async function changed(work: Work, organizationNo: number, dates: readonly CivilDate[]): Promise<void> {
  const organizations = await givenTo(work.tx, organizationNo)
  await factsChanged(work, { organizations, dates, of: ['learning'], about: { kinds: [] } })
}

const about = (id: string) => [{ kind: 'reading_list', id }]

export const recommendReadingAction = action({
  name: 'learning.reading.recommend',
  input: readingBody,
  touches: async (work, input) => [(await hostOf(work.tx, input.organizationId)).no],
  run: async (work, { organizationId, note, ...body }) => {
    refuseAhead(work, body.issuedOn)
    const { no } = await hostOf(work.tx, organizationId)
    const id = await insertList(work, { ...body, note: note || null }, no)
    await changed(work, no, [body.issuedOn])
    return { reply: { id }, objects: about(id), fields: { title: body.title, issuedOn: body.issuedOn, books: body.books.length } }
  },
})

export const correctReadingAction = action({
  name: 'learning.reading.correct',
  input: correctReading.body.extend(ofList.shape),
  touches: async (work, { id }) => [(await listOf(work, id)).organizationNo],
  run: async (work, { id, revision, reason, note, ...body }) => {
    const held = await listOf(work, id)
    standing(held)
    refuseAhead(work, body.issuedOn)
    const next = { state: 'recommended' as const, body: { ...body, note: note || null }, reason }
    if (held.revision !== revision || !(await replaceList(work, held, next))) throw new Problem('kernel.changed_meanwhile')
    await changed(work, held.organizationNo, [held.issuedOn, body.issuedOn])
    return {
      reply: { id, revision: revision + 1 },
      objects: about(id),
      fields: { reason, title: body.title, books: body.books.length },
    }
  },
})

export const withdrawReadingAction = action({
  name: 'learning.reading.withdraw',
  input: withdrawReading.body.extend(ofList.shape),
  touches: async (work, { id }) => [(await listOf(work, id)).organizationNo],
  run: async (work, { id, reason }) => {
    const held = await listOf(work, id)
    standing(held)
    if (!(await replaceList(work, held, { state: 'withdrawn', reason }))) throw new Problem('kernel.changed_meanwhile')
    await changed(work, held.organizationNo, [held.issuedOn])
    return { reply: { id }, objects: about(id), fields: { reason } }
  },
})

/** Of a note the ledger keeps that it was shared, and nothing of what it says. */
export const shareNoteAction = action({
  name: 'learning.reading_note.share',
  input: shareNote.body.extend(ofList.shape),
  touches: () => [],
  run: async (work, { id, text }) => {
    const held = await listOf(work, id)
    standing(held)
    const { personNo } = work.actor
    const organizationNo = personNo === null ? null : await homeOf(work.tx, personNo, work.today)
    if (personNo === null || organizationNo === null) throw new Problem('learning.reading_note_nobody')
    const note = await insertNote(work, { listNo: held.no, personNo, organizationNo, text })
    return { reply: { id: note }, objects: [{ kind: 'reading_note', id: note }] }
  },
})

export const withdrawNoteAction = action({
  name: 'learning.reading_note.withdraw',
  input: withdrawNote.params,
  touches: () => [],
  run: async (work, { id }) => {
    const note = await ownNote(work.tx, id, work.actor.personNo)
    if (!note) throw new Problem('learning.reading_note_not_found')
    if (!(await takeNoteBack(work, note.no))) throw new Problem('kernel.not_allowed_now', { detail: '这份心得已经收回。' })
    return { reply: { id }, objects: [{ kind: 'reading_note', id }] }
  },
})
