import { useCallback, useEffect, useRef, useState } from 'react'
import { call } from '../../../kernel/http/call.ts'
import { canKeepPages, keepPage } from '../../../ui/offline-shell.ts'
import { allKits, changeKit } from '../../../ui/offline-store.ts'
import { useSession } from '../../../ui/session.tsx'
import { sentenceOf } from '../../../ui/states.tsx'
import { showInspection } from '../inspections/inspections.contract.ts'
import { type Kit, marked, newKit, refreshed } from '../inspections/kit.rules.ts'
import { merge } from './inspection-merge.client.ts'

export interface Kits {
  /** Null while the device is being read. */
  readonly kits: readonly Kit[] | null
  readonly busy: boolean
  readonly failure: string | null
  readonly prepare: (id: string) => Promise<void>
  readonly change: (id: string, change: (kit: Kit) => Kit) => Promise<void>
  readonly remove: (id: string) => Promise<void>
  readonly send: (id?: string) => Promise<void>
}

/** The kits of this account on this device. What waits is sent as soon as there is a network, and when asked. */
export function useKits(): Kits {
  const session = useSession()
  const accountId = session.account.id
  const [kits, setKits] = useState<readonly Kit[] | null>(null)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const sending = useRef(false)

  const read = useCallback(async () => {
    setKits((await allKits<Kit>()).filter((kit) => kit.accountId === accountId))
  }, [accountId])

  const working = useCallback(
    async (work: () => Promise<void>) => {
      setBusy(true)
      setFailure(null)
      try {
        await work()
      } catch (error) {
        setFailure(sentenceOf(error))
      } finally {
        await read().catch(() => setFailure('这台设备不让保存，离线检查用不了。请换一个浏览器，不要用无痕窗口。'))
        setBusy(false)
      }
    },
    [read],
  )

  const send = useCallback(
    async (id?: string) => {
      if (sending.current) return
      sending.current = true
      await working(async () => {
        const own = (await allKits<Kit>()).filter((kit) => kit.accountId === accountId)
        for (const kit of own) if (id === undefined ? kit.unsent : kit.id === id) await merge(kit)
      })
      sending.current = false
    },
    [working, accountId],
  )

  const prepare = (id: string) =>
    working(async () => {
      const page = await call(showInspection, { params: { id } })
      const at = new Date().toISOString()
      await changeKit<Kit>(id, (kit) => (kit ? { ...refreshed(kit, page), preparedAt: at } : newKit(page, { accountId, at })))
      if (canKeepPages()) await keepPage(session)
    })
  const change = (id: string, next: (kit: Kit) => Kit) =>
    working(() => changeKit<Kit>(id, (kit) => (kit ? marked(next(kit)) : null)))
  const remove = (id: string) => working(() => changeKit<Kit>(id, () => null))

  useSendingWhenOnline(send, working)
  return { kits, busy, failure, prepare, change, remove, send }
}

type Working = (work: () => Promise<void>) => Promise<void>

/** Sends when the page opens and when the network comes back. */
function useSendingWhenOnline(send: () => Promise<void>, working: Working): void {
  useEffect(() => {
    const start = () => void send()
    if (navigator.onLine) start()
    else void working(async () => undefined)
    addEventListener('online', start)
    return () => removeEventListener('online', start)
  }, [send, working])
}
