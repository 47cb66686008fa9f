/** Which of the three separated administrators (三员) an account is. */
export type Administrator = 'system' | 'security' | 'audit'

/** A role held over an organization and all that stands under it today. */
export interface HeldRole {
  readonly role: string
  readonly organizationNo: number
}

/** Whoever asks: an account with what it holds today. Made by the sign-in, or by the system for its own jobs. */
export interface Actor {
  readonly accountNo: number
  readonly accountId: string
  readonly name: string
  readonly personNo: number | null
  readonly administrator: Administrator | null
  readonly grants: readonly HeldRole[]
  /** Organizations at the top of what the account may read; the subtree under each is meant. */
  readonly readOrganizations: readonly number[]
  /** The same for writing. */
  readonly writeOrganizations: readonly number[]
}

/** The system itself, for jobs and sweeps. It holds no grants; what it does runs as the engine. */
export const systemActor: Actor = {
  accountNo: 0,
  accountId: 'acc_system',
  name: '系统',
  personNo: null,
  administrator: null,
  grants: [],
  readOrganizations: [],
  writeOrganizations: [],
}
