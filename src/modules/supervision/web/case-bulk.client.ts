import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useRef, useState } from 'react'
import { attemptKey, Unreachable } from '../../../kernel/http/call.ts'
import { sentenceOf } from '../../../ui/states.tsx'
import type { CaseLine } from '../cases/cases.contract.ts'

export interface BulkLine {
  readonly id: string
  readonly title: string
  readonly outcome: 'unsent' | 'done' | 'refused'
  /** Why it was not done. */
  readonly sentence: string | null
}

/** Sends one case; the key is the same for every try of the same act on the same case. */
export type BulkAct = (id: string, idempotencyKey: string) => Promise<unknown>

export interface Bulk {
  readonly lines: readonly BulkLine[]
  readonly running: boolean
  /** `mark` tells the act with what it says, so that a retry finds its keys and another text does not. */
  readonly run: (mark: string, act: BulkAct) => Promise<void>
  readonly start: (cases: readonly CaseLine[]) => void
  readonly forget: () => void
}

/**
 * One act on many cases, one request each. A refused one does not stop the others; a lost network does, and what was not sent
 * stays so. Running again takes only what is not done.
 */
export function useBulk(): Bulk {
  const client = useQueryClient()
  const [lines, setLines] = useState<readonly BulkLine[]>([])
  const [running, setRunning] = useState(false)
  const keys = useRef(new Map<string, string>())
  const busy = useRef(false)

  const note = useCallback((id: string, part: Pick<BulkLine, 'outcome' | 'sentence'>) => {
    setLines((before) => before.map((line) => (line.id === id ? { ...line, ...part } : line)))
  }, [])

  const run = useCallback(
    async (mark: string, act: BulkAct) => {
      if (busy.current) return
      busy.current = true
      setRunning(true)
      for (const { id } of lines.filter((line) => line.outcome !== 'done')) {
        try {
          await act(id, keyOf(keys.current, `${mark} ${id}`))
          note(id, { outcome: 'done', sentence: null })
        } catch (failure) {
          const lost = failure instanceof Unreachable
          note(id, { outcome: lost ? 'unsent' : 'refused', sentence: sentenceOf(failure) })
          if (lost) break
        }
      }
      busy.current = false
      setRunning(false)
      void client.invalidateQueries()
    },
    [lines, note, client],
  )
  const start = useCallback(
    (cases: readonly CaseLine[]) =>
      setLines(cases.map(({ id, title }) => ({ id, title, outcome: 'unsent' as const, sentence: null }))),
    [],
  )
  const forget = useCallback(() => setLines([]), [])
  return { lines, running, run, start, forget }
}

function keyOf(keys: Map<string, string>, slot: string): string {
  const key = keys.get(slot) ?? attemptKey()
  keys.set(slot, key)
  return key
}
