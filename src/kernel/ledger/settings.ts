import type { CheckpointSettings } from './checkpoint.store.ts'

let used: CheckpointSettings | null = null

/** Names the ledger's folder and key of this process; once, when the product is put together. */
export function provideLedger(settings: CheckpointSettings): void {
  used = settings
}

/** The ledger's folder and key of this process. */
export function ledgerSettings(): CheckpointSettings {
  if (!used) throw new Error('the ledger of this process has not been named')
  return used
}
