import { type Attendee, exemptReason, type ExpectedPerson } from './meeting-entry.rules.ts'

/** The usual reasons, the commonest first: it is the one that a tap presets. */
export const usualReasons = ['出差', '病假', '事假'] as const

/** Why somebody is taken to be absent at the tap: what was said beforehand, else the commonest. */
export function presetReason(person: Pick<ExpectedPerson, 'leave' | 'exempt'>): string {
  return person.leave ?? (person.exempt ? exemptReason : usualReasons[0])
}

/** What the tap on a name makes of it: absent at once with a reason, or present again. */
export function tapped(person: Attendee): string | null {
  return person.reason === null ? presetReason(person) : null
}

/** Absent, with the reason still to be written: neither present nor ready to be saved. */
export function isUnexplained(person: Pick<Attendee, 'reason'>): boolean {
  return person.reason !== null && person.reason.trim() === ''
}

/** What can be chosen without writing. */
export function choicesFor(person: Pick<ExpectedPerson, 'exempt'>): readonly string[] {
  return person.exempt ? [exemptReason, ...usualReasons] : usualReasons
}

/** Faults of the list of the absent as it is sent, by person; what belongs to nobody in particular stands at the list. */
export function absenceFaults(
  people: readonly Pick<Attendee, 'personId' | 'reason'>[],
  faults: ReadonlyMap<string, string>,
): { readonly byPerson: ReadonlyMap<string, string>; readonly list: string | undefined } {
  const absent = people.filter((person) => person.reason !== null)
  const byPerson = new Map<string, string>()
  let list: string | undefined
  for (const [path, text] of faults) {
    const [field, at] = path.split('.')
    if (field !== 'absent') continue
    const person = absent[Number(at ?? Number.NaN)]
    if (person) byPerson.set(person.personId, text)
    else list ??= text
  }
  return { byPerson, list }
}
