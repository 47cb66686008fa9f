import type { z } from 'zod'
import type { FieldError } from '../errors/problem.ts'
import type { Endpoint, Method } from './endpoint.ts'

/** The server did not answer: no network, or it took too long. What was typed is still here. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable'
}

/** The server answered with a problem (RFC 9457); `detail` is a Chinese sentence for the reader. */
export class CallProblem extends Error {
  override readonly name = 'CallProblem'
  readonly code: string
  readonly status: number
  readonly detail: string
  readonly errors: readonly FieldError[]
  readonly requestId: string | undefined

  constructor(problem: {
    code: string
    status: number
    detail: string
    errors?: readonly FieldError[]
    requestId?: string | undefined
  }) {
    super(`${problem.code}: ${problem.detail}`)
    this.code = problem.code
    this.status = problem.status
    this.detail = problem.detail
    this.errors = problem.errors ?? []
    this.requestId = problem.requestId
  }
}

export interface CallOptions {
  /** One key per attempt of a form; the same for each retry of the same body. Made here when not given. */
  idempotencyKey?: string | undefined
  signal?: AbortSignal | undefined
}

type Part<Name extends string, Value> = undefined extends Value
  ? { [key in Name]?: Value }
  : Record<string, never> extends Value
    ? { [key in Name]?: Value }
    : { [key in Name]: Value }

export type AnyEndpoint = Endpoint<z.ZodType, z.ZodType, z.ZodType, z.ZodType>

/** What an operation takes: `params`, `query` and `body`, each only asked for where it is declared. */
export type CallInput<E extends AnyEndpoint> = Part<'params', z.input<E['params']>> &
  Part<'query', z.input<E['query']>> &
  Part<'body', z.input<E['body']>>

/** What an operation answers. */
export type Reply<E extends AnyEndpoint> = z.output<E['reply']>

interface LooseInput {
  params?: unknown
  query?: unknown
  body?: unknown
}

const patience = 60_000
const signedOut = new Set<() => void>()

/** Calls `listener` whenever the server says that nobody is signed in; gives back the way to stop. */
export function onSignedOut(listener: () => void): () => void {
  signedOut.add(listener)
  return () => signedOut.delete(listener)
}

/** A random key for one attempt of a form. Works on plain-HTTP intranets, where `crypto.randomUUID` does not exist. */
export function attemptKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** The query string of a record: empty values left out, lists repeated. Begins with `?`, or is empty. */
export function queryString(query: unknown): string {
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries((query ?? {}) as Record<string, unknown>)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== '') search.append(key, String(one))
    }
  }
  const text = search.toString()
  return text && `?${text}`
}

/** The address of an operation with its parameters and query filled in, for links and downloads. */
export function addressOf(path: string, input: { params?: unknown; query?: unknown } = {}): string {
  const params = (input.params ?? {}) as Record<string, unknown>
  return path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name]))) + queryString(input.query)
}

/**
 * Asks the server for a declared operation and checks the answer against its schema.
 * Throws `CallProblem` for the server's no, `Unreachable` for no answer, and an AbortError when `signal` ends it.
 */
export async function call<E extends AnyEndpoint>(
  endpoint: E,
  input?: CallInput<E>,
  options: CallOptions = {},
): Promise<Reply<E>> {
  const reply = await request({ method: endpoint.method, path: endpoint.path, ...(input as LooseInput | undefined) }, options)
  const read = endpoint.reply.safeParse(reply)
  if (read.success) return read.data as Reply<E>
  throw new CallProblem({ code: 'web.reply_unreadable', status: 502, detail: '页面和系统的版本不一致。请刷新页面再试。' })
}

/** The same without a schema, for the few pages that must stay small. Prefer `call`. */
export async function request(asked: Asked, options: CallOptions = {}): Promise<unknown> {
  const response = await answerOf(asked, options)
  const reply = await bodyOf(response)
  if (response.ok) return reply
  if (response.status === 401 && !asked.path.startsWith('/api/v1/session')) for (const listener of signedOut) listener()
  throw problemOf(response.status, reply)
}

interface Asked {
  method: Method
  path: string
  params?: unknown
  query?: unknown
  body?: unknown
}

async function answerOf(asked: Asked, options: CallOptions): Promise<Response> {
  const late = AbortSignal.timeout(patience)
  try {
    return await fetch(addressOf(asked.path, asked), {
      method: asked.method,
      headers: headersOf(asked, options),
      credentials: 'same-origin',
      cache: 'no-store',
      signal: options.signal ? AbortSignal.any([options.signal, late]) : late,
      ...(asked.body !== undefined && { body: asked.body instanceof FormData ? asked.body : JSON.stringify(asked.body) }),
    })
  } catch (cause) {
    if (options.signal?.aborted) throw cause
    throw new Unreachable('the server did not answer', { cause })
  }
}

function headersOf(asked: Asked, options: CallOptions): Record<string, string> {
  const headers: Record<string, string> = { accept: 'application/json' }
  if (asked.body !== undefined && !(asked.body instanceof FormData)) headers['content-type'] = 'application/json'
  if (asked.method !== 'GET' && asked.path !== '/api/v1/session')
    headers['idempotency-key'] = options.idempotencyKey ?? attemptKey()
  return headers
}

async function bodyOf(response: Response): Promise<unknown> {
  const text = await response.text().catch((cause: unknown) => {
    throw new Unreachable('the answer broke off', { cause })
  })
  if (text === '') return undefined
  if (!(response.headers.get('content-type') ?? '').includes('json')) return response.ok ? text : undefined
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

function problemOf(status: number, reply: unknown): Error {
  const body = (typeof reply === 'object' && reply !== null ? reply : {}) as Partial<Record<string, unknown>>
  if (typeof body.code !== 'string' && [502, 503, 504].includes(status)) return new Unreachable(`status ${status}`)
  return new CallProblem({
    code: typeof body.code === 'string' ? body.code : 'web.no_explanation',
    status,
    detail: typeof body.detail === 'string' ? body.detail : '没有办成，系统没有说明原因。填写的内容还在，请稍后再试。',
    errors: Array.isArray(body.errors) ? (body.errors as FieldError[]) : [],
    requestId: typeof body.requestId === 'string' ? body.requestId : undefined,
  })
}
