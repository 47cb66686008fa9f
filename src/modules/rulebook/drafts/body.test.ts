import { expect, test } from 'vitest'
import { emptyBody, withPart } from './body.rules.ts'

const clause = (code: string) => ({ code, title: '条款' })
const body = { ...emptyBody('GW2027', '规定'), clauses: [clause('GW-1'), clause('GW-2'), clause('GW-3')] }
const codes = (position: number | undefined) =>
  withPart(body, 'clauses', { code: 'GW-2', part: clause('GW-2'), position }).clauses.map((one) => one['code'])

test('a clause takes the place it is given, and keeps its own when none is', () => {
  expect(codes(1)).toEqual(['GW-2', 'GW-1', 'GW-3'])
  expect(codes(3)).toEqual(['GW-1', 'GW-3', 'GW-2'])
  expect(codes(undefined)).toEqual(['GW-1', 'GW-2', 'GW-3'])
})
