import { addDays, type CivilDate } from '../../../kernel/time/civil-date.ts'
import type { RequestKind } from './request-reports.contract.ts'

/** Formulas with which a paper asks for an answer; in a report they are a request that was slipped in (条例 20). */
const asking = /妥否|当否|可否|如无不妥|请(?:予|予以|尽快)?(?:批示|批复|批准|审批|核准)/

/** The words in a report that ask for an answer; null where there are none, and in a request. */
export function slippedRequest(kind: RequestKind, content: string): string | null {
  return kind === 'report' ? (asking.exec(content)?.[0] ?? null) : null
}

/** A request that comes on the day of the act or later is after the act (条例 19). */
export const isAfterAct = (kind: RequestKind, actOn: CivilDate | null, today: CivilDate): boolean =>
  kind === 'request' && actOn !== null && actOn <= today

/** By when it is answered; a report asks for no answer. */
export const answerDue = (kind: RequestKind, arrivedOn: CivilDate, days: number): CivilDate | null =>
  kind === 'request' ? addDays(arrivedOn, days) : null

/** How a title stands at the head of the paper. */
export const paperTitle = (kind: RequestKind, matter: string): string => `关于${matter}的${kind === 'request' ? '请示' : '报告'}`
