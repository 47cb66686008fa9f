import { createContext } from 'react'

/** Asks again who is signed in: after signing out, or when the account's own state changed. */
export const ChangedContext = createContext<() => Promise<void>>(async () => {})
