import type { Tx } from '../database/handles.ts'

/** Whom a notice is for. Everything named is taken together; nobody is told twice. */
export interface Recipients {
  readonly accountNos?: readonly number[]
  readonly personNos?: readonly number[]
  /** Whoever holds one of the roles at exactly this organization today. */
  readonly holders?: readonly { readonly roles: readonly string[]; readonly organizationNo: number }[]
}

/** What somebody is told. Title and body name organizations and matters, never a person's data; `link` is an address in the site. */
export interface Notice {
  readonly to: Recipients
  /** Whoever acts need not be told of the own act. */
  readonly except?: number
  /** `supervision.case_returned`; the module's name comes first. */
  readonly kind: string
  readonly title: string
  readonly body: string
  readonly link: string
  /** Goes by mail at once, outside quiet hours; the rest waits for the digest. */
  readonly urgent?: boolean
  /** A rule, set as data, says that it goes out in quiet hours too. */
  readonly evenQuiet?: boolean
  readonly at: Date
}

type Keeper = (tx: Tx, notice: Notice) => Promise<void>

let keeper: Keeper | null = null

/** Names who keeps notices and delivers them. Throws when a second one comes. */
export function keepNoticesWith(next: Keeper): void {
  if (keeper && keeper !== next) throw new Error('notices already have a keeper')
  keeper = next
}

/** Tells those concerned, in the transaction of the act. Where no part of the product keeps notices, nobody is told. */
export async function notify(tx: Tx, notice: Notice): Promise<void> {
  await keeper?.(tx, notice)
}
