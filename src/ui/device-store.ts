const prefix = 'biaoshuai'

/** What the browser keeps for an account on this device; null when nothing is kept or the store is closed to us. */
export function readKept<Value>(...path: string[]): Value | null {
  try {
    const text = localStorage.getItem([prefix, ...path].join(':'))
    return text === null ? null : (JSON.parse(text) as Value)
  } catch {
    return null
  }
}

/** Keeps a value; false when the device has no room or forbids it. `null` removes it. */
export function keep(value: unknown, ...path: string[]): boolean {
  try {
    const key = [prefix, ...path].join(':')
    if (value === null || value === undefined) localStorage.removeItem(key)
    else localStorage.setItem(key, JSON.stringify(value))
    return true
  } catch {
    return false
  }
}

/** Removes everything kept under a path, such as all drafts of an account at sign-out. */
export function forgetAll(...path: string[]): void {
  try {
    const start = `${[prefix, ...path].join(':')}:`
    for (const key of Object.keys(localStorage)) if (key.startsWith(start)) localStorage.removeItem(key)
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}
