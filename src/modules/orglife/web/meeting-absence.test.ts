import { describe, expect, test } from 'vitest'
import { recordMeetingBody } from '../meetings/meetings.contract.ts'
import { absenceFaults, choicesFor, isUnexplained, presetReason, tapped } from './meeting-absence.rules.ts'
import { type Attendee, attendanceOf, headsOf } from './meeting-entry.rules.ts'

const aPerson = (more: Partial<Attendee> = {}): Attendee => ({
  personId: 'per_one1',
  name: '甲',
  eligible: true,
  exempt: false,
  leave: null,
  reason: null,
  ...more,
})

describe('a tap on a name', () => {
  test('makes absent at once for the commonest reason, and the count follows', () => {
    const person = aPerson()
    expect(tapped(person)).toBe('出差')
    expect(headsOf(attendanceOf([person], { per_one1: tapped(person) }))).toMatchObject({ expected: 1, present: 0 })
  })

  test('makes present again, whatever the reason was', () => {
    expect(tapped(aPerson({ reason: '病假' }))).toBeNull()
    expect(tapped(aPerson({ reason: '' }))).toBeNull()
  })

  test('goes back to what was said beforehand', () => {
    expect(presetReason(aPerson({ leave: '住院' }))).toBe('住院')
    expect(presetReason(aPerson({ exempt: true }))).toBe('免到会')
    expect(choicesFor(aPerson({ exempt: true }))).toContain('免到会')
    expect(choicesFor(aPerson())).not.toContain('免到会')
  })
})

describe('another reason without words', () => {
  const people = [
    aPerson({ reason: '出差' }),
    aPerson({ personId: 'per_two2' }),
    aPerson({ personId: 'per_three3', reason: ' ' }),
  ]

  test('is absent all the same, never silently present', () => {
    expect(people.map(isUnexplained)).toEqual([false, false, true])
    expect(headsOf(people)).toMatchObject({ expected: 3, present: 1 })
  })

  test('is refused by the contract, and the fault finds the person', () => {
    const absent = people.flatMap(({ personId, reason }) => (reason === null ? [] : [{ personId, reason }]))
    const issue = recordMeetingBody.shape.absent.safeParse(absent).error?.issues[0]
    expect(issue?.path).toEqual([1, 'reason'])
    const faults = absenceFaults(people, new Map([[`absent.${issue?.path.join('.')}`, issue?.message ?? '']]))
    expect([...faults.byPerson.keys()]).toEqual(['per_three3'])
    expect(faults.list).toBeUndefined()
  })

  test('a fault of the list as a whole stands at the list', () => {
    const faults = absenceFaults(
      people,
      new Map([
        ['absent', '人数太多'],
        ['title', '请填写'],
      ]),
    )
    expect(faults.byPerson.size).toBe(0)
    expect(faults.list).toBe('人数太多')
  })
})
