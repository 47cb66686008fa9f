import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useRef, useState } from 'react'
import type { FieldError } from '../kernel/errors/problem.ts'
import { type AnyEndpoint, attemptKey, type CallInput, call, CallProblem, type Reply } from '../kernel/http/call.ts'
import { keep, readKept } from './device-store.ts'
import { useSession } from './session.tsx'

/** Reads an operation and keeps the answer; `input` null waits. Everything read is read again after each act. */
export function useCall<E extends AnyEndpoint>(
  endpoint: E,
  input: CallInput<E> | null,
  options: { keepPrevious?: boolean } = {},
) {
  return useQuery<Reply<E>>({
    queryKey: ['call', endpoint.path, input],
    queryFn: ({ signal }) => call(endpoint, input ?? undefined, { signal }),
    enabled: input !== null,
    ...(options.keepPrevious && { placeholderData: keepPreviousData as never }),
  })
}

export interface Submission<E extends AnyEndpoint> {
  /** Sends; undefined when it did not succeed, and then `error` says why. */
  readonly submit: (input: CallInput<E>) => Promise<Reply<E> | undefined>
  /** Sends; throws when it did not succeed. For `FieldForm`'s `onSubmit` and `ConfirmReason`'s `onConfirm`, which show it. */
  readonly send: (input: CallInput<E>) => Promise<Reply<E>>
  readonly pending: boolean
  readonly error: unknown
  /** The fields at fault, for `FieldForm`'s `errors`. */
  readonly fieldErrors: readonly FieldError[]
  readonly reset: () => void
}

/**
 * An act. The idempotency key stays the same for every retry of the same input, also after the browser was closed in
 * between, so that a lost answer never records twice. After success everything on the screen is read again.
 */
export function useSubmit<E extends AnyEndpoint>(endpoint: E): Submission<E> {
  const account = useSession().account.id
  const client = useQueryClient()
  const [error, setError] = useState<unknown>(null)
  const [pending, setPending] = useState(false)
  const running = useRef<{ readonly input: string; readonly reply: Promise<Reply<E>> } | null>(null)

  const run = useCallback(
    async (input: CallInput<E>): Promise<Reply<E>> => {
      setPending(true)
      setError(null)
      const slot = ['attempt', account, `${endpoint.method} ${endpoint.path}`]
      try {
        const reply = await call(endpoint, input, { idempotencyKey: keyFor(input, slot) })
        keep(null, ...slot)
        void client.invalidateQueries()
        return reply
      } catch (failure) {
        setError(failure)
        throw failure
      } finally {
        running.current = null
        setPending(false)
      }
    },
    [endpoint, account, client],
  )
  // A second press while the first is under way waits for the same answer.
  const send = useCallback(
    (input: CallInput<E>): Promise<Reply<E>> => {
      const text = JSON.stringify(input) ?? ''
      if (running.current?.input !== text) running.current = { input: text, reply: run(input) }
      return running.current.reply
    },
    [run],
  )
  const submit = useCallback((input: CallInput<E>) => send(input).catch(() => undefined), [send])
  const reset = useCallback(() => setError(null), [])
  return { submit, send, pending, error, fieldErrors: error instanceof CallProblem ? error.errors : [], reset }
}

function keyFor(input: unknown, slot: string[]): string {
  const mark = fingerprint(JSON.stringify(input) ?? '')
  const earlier = readKept<{ mark: string; key: string }>(...slot)
  if (earlier?.mark === mark) return earlier.key
  const key = attemptKey()
  keep({ mark, key }, ...slot)
  return key
}

/** 53 bits, enough to tell two inputs of one form apart without keeping what was typed. */
function fingerprint(text: string): string {
  let [a, b] = [0xdeadbeef, 0x41c6ce57]
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    a = Math.imul(a ^ unit, 2654435761)
    b = Math.imul(b ^ unit, 1597334677)
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909)
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909)
  return (4294967296 * (2097151 & b) + (a >>> 0)).toString(36)
}
