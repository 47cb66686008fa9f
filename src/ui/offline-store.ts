import type { Session } from './session.tsx'

const databaseName = 'biaoshuai-offline'
const stores = ['session', 'kits'] as const
type Store = (typeof stores)[number]

function opened(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(databaseName, 1)
    asked.onupgradeneeded = () => {
      for (const store of stores) asked.result.createObjectStore(store)
    }
    asked.onsuccess = () => resolve(asked.result)
    asked.onerror = () => reject(asked.error ?? new Error('the device refuses its store'))
  })
}

/** Runs in one transaction of the device's store and answers when it is kept for good. */
async function within<Result>(
  store: Store,
  mode: IDBTransactionMode,
  work: (objects: IDBObjectStore, answer: (result: Result) => void) => void,
): Promise<Result | undefined> {
  const database = await opened()
  try {
    return await new Promise<Result | undefined>((resolve, reject) => {
      let result: Result | undefined
      const transaction = database.transaction(store, mode)
      transaction.oncomplete = () => resolve(result)
      transaction.onerror = () => reject(transaction.error ?? new Error('not kept'))
      transaction.onabort = () => reject(transaction.error ?? new Error('not kept'))
      work(transaction.objectStore(store), (found) => (result = found))
    })
  } finally {
    database.close()
  }
}

/** All kits on this device. */
export async function allKits<Kit>(): Promise<Kit[]> {
  const found = await within<Kit[]>('kits', 'readonly', (objects, answer) => {
    const asked = objects.getAll()
    asked.onsuccess = () => answer(asked.result as Kit[])
  })
  return found ?? []
}

/** Changes one kit by reading and writing it in one transaction, so that two tabs lose nothing of each other; null removes it. */
export async function changeKit<Kit>(id: string, change: (kit: Kit | undefined) => Kit | null): Promise<void> {
  await within('kits', 'readwrite', (objects) => {
    const asked = objects.get(id)
    asked.onsuccess = () => {
      const next = change(asked.result as Kit | undefined)
      if (next === null) objects.delete(id)
      else objects.put(next, id)
    }
  })
}

/** Who prepared this device, for opening the kit where nobody can be asked who is signed in. */
export async function keepSession(session: Session): Promise<void> {
  await within('session', 'readwrite', (objects) => void objects.put(session, 'session'))
}

export async function keptSession(): Promise<Session | null> {
  try {
    const found = await within<Session>('session', 'readonly', (objects, answer) => {
      const asked = objects.get('session')
      asked.onsuccess = () => answer(asked.result as Session)
    })
    return found ?? null
  } catch {
    return null
  }
}

/** Empties the device's store. */
export function forgetStore(): Promise<void> {
  return new Promise((resolve) => {
    const asked = indexedDB.deleteDatabase(databaseName)
    asked.onsuccess = asked.onerror = asked.onblocked = () => resolve()
  })
}
