import { Problem } from '../../../kernel/errors/problem.ts'
import './records.contract.ts'

/** The day given for all chosen items; throws where this one needs it. */
export function dueGiven(dueOn: string | undefined): string {
  if (dueOn === undefined)
    throw new Problem('supervision.bulk_field_needed', { errors: [{ field: 'dueOn', message: '这一项要填时限。' }] })
  return dueOn
}

/** The person given for all chosen items; throws where this one needs it. */
export function ownerGiven(ownerId: string | undefined): string {
  if (ownerId === undefined)
    throw new Problem('supervision.bulk_field_needed', { errors: [{ field: 'ownerId', message: '这一项要选责任人。' }] })
  return ownerId
}

/** For an act that a kind's lifecycle does not have. */
export function notOfKind(sentence: string): never {
  throw new Problem('supervision.bulk_not_of_kind', { detail: sentence })
}
