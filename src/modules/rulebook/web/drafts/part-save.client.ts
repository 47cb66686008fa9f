import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import { attemptKey, call, CallProblem } from '../../../../kernel/http/call.ts'
import { sentenceOf } from '../../../../ui/states.tsx'
import {
  changeClause,
  changeHead,
  changeRequirement,
  changeTags,
  changeTightens,
  type DraftDetail,
  removeClause,
  removeRequirement,
} from '../../drafts/drafts.contract.ts'
import type { Content } from './draft-content.rules.ts'
import type { Place } from './draft-part.rules.ts'

/** What another officer did meanwhile, in the server's sentences. */
export type Meanwhile = readonly string[]

export interface PartSave {
  readonly pending: boolean
  /** Why it was not saved, in words. */
  readonly failure: string | null
  /** Set when somebody was faster; what was typed stands. */
  readonly meanwhile: Meanwhile | null
  /** True when it was kept. */
  readonly save: (place: Place, value: unknown) => Promise<boolean>
  /** Puts a clause, as it is saved, in another place; from 1. */
  readonly move: (code: string, clause: Content, position: number) => Promise<boolean>
  readonly remove: (place: Place) => Promise<boolean>
  readonly forget: () => void
}

type Draft = Pick<DraftDetail, 'id' | 'version'>

function sent(draft: Draft, place: Place, value: unknown) {
  const { id, version } = draft
  const idempotencyKey = attemptKey()
  const code = place.code ?? (value as { code?: string }).code ?? ''
  const part = value as Content
  switch (place.section) {
    case 'document':
      return call(changeHead, { params: { id }, body: { version, head: part } }, { idempotencyKey })
    case 'clauses':
      return call(changeClause, { params: { id, code }, body: { version, clause: part } }, { idempotencyKey })
    case 'requirements':
      return call(changeRequirement, { params: { id, code }, body: { version, requirement: part } }, { idempotencyKey })
    case 'tightens':
      return call(changeTightens, { params: { id }, body: { version, tightens: value as Content[] } }, { idempotencyKey })
    case 'tags':
      return call(changeTags, { params: { id }, body: { version, tags: value as Content[] } }, { idempotencyKey })
  }
}

function removed({ id, version }: Draft, { section, code }: Place) {
  const endpoint = section === 'clauses' ? removeClause : removeRequirement
  return call(endpoint, { params: { id, code: code ?? '' }, query: { version } }, { idempotencyKey: attemptKey() })
}

/** Saves one entry of a draft under the number it was read with; after each act the draft is read again. */
export function usePartSave(draft: Draft): PartSave {
  const client = useQueryClient()
  const [pending, setPending] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const [meanwhile, setMeanwhile] = useState<Meanwhile | null>(null)

  const run = useCallback(
    async (act: () => Promise<unknown>): Promise<boolean> => {
      setPending(true)
      setFailure(null)
      setMeanwhile(null)
      try {
        await act()
        await client.invalidateQueries()
        return true
      } catch (problem) {
        if (problem instanceof CallProblem && problem.code === 'rulebook.draft_changed') {
          setMeanwhile(problem.errors.map((one) => one.message))
          await client.invalidateQueries()
        } else setFailure([sentenceOf(problem), ...linesOf(problem)].join(''))
        return false
      } finally {
        setPending(false)
      }
    },
    [client],
  )
  const forget = useCallback(() => {
    setFailure(null)
    setMeanwhile(null)
  }, [])
  return {
    pending,
    failure,
    meanwhile,
    save: (place, value) => run(() => sent(draft, place, value)),
    move: (code, clause, position) =>
      run(() =>
        call(
          changeClause,
          { params: { id: draft.id, code }, body: { version: draft.version, clause, position } },
          { idempotencyKey: attemptKey() },
        ),
      ),
    remove: (place) => run(() => removed(draft, place)),
    forget,
  }
}

const linesOf = (problem: unknown): string[] => (problem instanceof CallProblem ? problem.errors.map((one) => one.message) : [])
