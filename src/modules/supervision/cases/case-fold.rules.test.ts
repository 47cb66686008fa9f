import fc from 'fast-check'
import { expect, test } from 'vitest'
import { foldCase, type WrittenStep } from './case-fold.rules.ts'
import { caseLifecycle, type CaseAction, type CaseState } from './cases.lifecycle.ts'
import { ladderConditions } from './ladder.lifecycle.ts'
import { ladderPossible, proposedStep } from './ladder.rules.ts'

const at = new Date('2026-11-23T01:00:00Z')
const steps = (...actions: string[]): WrittenStep[] =>
  actions.map((action, index) => ({ revision: index + 1, action, body: { dueOn: `2026-12-${10 + index}` }, by: 7, at }))

test('with nothing taken back a case folds to where its steps led', () => {
  const moves = Object.keys(caseLifecycle.supervised).concat('remind', 'supervise', 'verify', 'return', 'reopen', 'dismiss')
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...moves), { maxLength: 12 }), (tried) => {
      const taken = ['propose']
      let state: CaseState = 'proposed'
      for (const verb of tried) {
        const next: CaseState | undefined = caseLifecycle[state][verb as CaseAction]
        if (next === undefined) continue
        taken.push(verb)
        state = next
      }
      expect(foldCase(steps(...taken), new Set())).toMatchObject({ state, fallen: [] })
    }),
  )
})

test('what needed the step falls with it, what did not stands', () => {
  const course = steps('propose', 'remind', 'supervise', 'talk', 'confirm_talk', 'report', 'verify')
  expect(foldCase(course, new Set([3]))).toMatchObject({ state: 'closed', rung: null, fallen: [4, 5] })
  expect(foldCase(course, new Set([4]))).toMatchObject({ state: 'closed', rung: null, fallen: [5] })
  expect(foldCase(course, new Set([2, 3]))).toMatchObject({ state: 'proposed', fallen: [4, 5, 6, 7], dueOn: '2026-12-10' })
})

test('the system proposes the next step by the conditions, only one that is possible, and never two at once', () => {
  const here = {
    state: 'supervised',
    waiting: false,
    rung: 'supervised',
    overdueDays: 20,
    returned: 0,
    cardInForce: false,
  } as const
  expect(proposedStep(here, ladderConditions)).toMatchObject({
    step: 'talk',
    why: expect.stringContaining('已超期 20 天（满 15 天）'),
  })
  expect(proposedStep({ ...here, overdueDays: 3 }, ladderConditions)).toBeNull()
  expect(proposedStep({ ...here, waiting: true }, ladderConditions)).toBeNull()
  expect(proposedStep({ ...here, rung: 'card_proposed', overdueDays: 99 }, ladderConditions)).toBeNull()
  expect(proposedStep({ ...here, rung: 'card_proposed', overdueDays: 99, cardInForce: true }, ladderConditions)?.step).toBe(
    'propose_accountability',
  )
  expect(ladderPossible({ ...here, rung: 'accountability' })).toEqual([])
  expect(ladderConditions.every((condition) => Object.keys(condition).length > 1)).toBe(true)
})
