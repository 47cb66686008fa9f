import { expect, test } from '@playwright/test'

/** The ten jobs done most often, each with the number of taps and filled fields that its journey does not exceed. */
export const mostInteractions = {
  'record a meeting with one absent': 8,
  'record what was done': 8,
  'record a talk': 6,
  'attendance of a class of forty': 10,
  'ask leave before a meeting': 3,
  'arrange a meeting of the year plan': 2,
  'study a unit and test oneself': 6,
  'report how a case was put right': 4,
  'answer a question about a record': 4,
  'record a ceremony': 4,
} as const

/** Prints how many interactions a job took, keeps it with the result, and fails above what the job may take. */
export function expectFew(job: keyof typeof mostInteractions, count: number): void {
  const most = mostInteractions[job]
  test.info().annotations.push({ type: 'interactions', description: `${job}: ${count} of at most ${most}` })
  console.log(`${job}: ${count} interactions, at most ${most}`)
  expect(count, `interactions: ${job}`).toBeLessThanOrEqual(most)
}
