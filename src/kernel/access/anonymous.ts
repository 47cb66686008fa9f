import { type Actor, systemActor } from './actor.ts'

/** Whoever has not signed in: holds nothing, reads nothing. */
export const anonymous: Actor = { ...systemActor, accountNo: -1, accountId: 'acc_anonymous', name: '未登录' }
