import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'

export type SearchValues = Readonly<Record<string, string>>

/** The search part of the address as plain strings, and the way to change it: undefined or '' removes a key. */
export function useAddress(): [SearchValues, (change: Record<string, string | undefined>, how?: { replace?: boolean }) => void] {
  const search = useSearch({ strict: false }) as SearchValues
  const navigate = useNavigate()
  const change = useCallback(
    (part: Record<string, string | undefined>, how: { replace?: boolean } = {}) => {
      void navigate({ to: '.', search: ((before: SearchValues) => merged(before, part)) as never, replace: how.replace ?? false })
    },
    [navigate],
  )
  return [search, change]
}

/** A parameter of the page's path, such as `id` of `/meetings/$id`. */
export function useParam(name: string): string {
  const params = useParams({ strict: false }) as Record<string, string | undefined>
  return params[name] ?? ''
}

function merged(before: SearchValues, part: Record<string, string | undefined>): SearchValues {
  const all = Object.entries<string | undefined>({ ...before, ...part })
  return Object.fromEntries(all.filter((pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== ''))
}

/** Reads an address's search without guessing types: `2026` stays the text `2026`. */
export function parseSearch(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text))
}

/** Writes it back, keys in the order given. */
export function stringifySearch(search: Record<string, unknown>): string {
  const kept = Object.entries(search).filter(([, value]) => value !== undefined && value !== null && value !== '')
  const text = new URLSearchParams(kept.map(([key, value]) => [key, String(value)])).toString()
  return text && `?${text}`
}
