import type { Readable } from 'node:stream'
import type { z } from 'zod'
import type { Actor } from '../access/actor.ts'
import type { Action } from '../actions/action.ts'
import type { Read } from '../database/handles.ts'
import type { Platform } from '../platform.ts'
import type { Endpoint } from './endpoint.ts'

/**
 * Who may call: a declared permission (held anywhere; the object is checked by the action's policy or the reader's scopes),
 * `signed_in`, `half_signed_in` (password given, second factor not yet) or `public`.
 */
export type RoutePermission = `${string}.${string}` | 'signed_in' | 'half_signed_in' | 'public'

/** One call as a handler sees it. */
export interface Call<Params, Query, Body> {
  readonly params: Params
  readonly query: Query
  readonly body: Body
  readonly actor: Actor
  readonly platform: Platform
  readonly requestId: string
  /** Network address, for the sign-in's throttle only; it is not kept with business data. */
  readonly address: string
  /** The session's token as sent, for the session routes alone. */
  readonly sessionToken: string | null
  /** Reads under the actor's scopes in one snapshot. */
  read<Result>(work: (read: Read) => Promise<Result>): Promise<Result>
  /** Runs an action as the actor, under the request's idempotency key. */
  perform<Input extends z.ZodType, Reply>(declared: Action<Input, Reply>, input: z.output<Input>): Promise<Reply>
  /** Sets or clears the session cookie. */
  setSession(token: string | null): void
  /** An uploaded file; only in routes that take one. */
  upload(): Promise<Upload>
}

/** A file on its way in: its name as given and its bytes as a stream bounded by the server's limit. */
export interface Upload {
  readonly name: string
  readonly stream: Readable
  readonly fields: Readonly<Record<string, string>>
}

/** A file on its way out. */
export interface Download {
  readonly name: string
  readonly mediaType: string
  readonly stream: Readable
}

/** A bound operation. Handlers are erased to unknown here; `route` has checked them against the contract. */
export interface Route {
  readonly endpoint: Endpoint
  readonly permission: RoutePermission
  readonly sends: 'json' | 'file'
  readonly takes: 'json' | 'file'
  readonly handle: (call: Call<unknown, unknown, unknown>) => Promise<unknown>
}

type Bound<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, Result> = {
  readonly permission: RoutePermission
  readonly handle: (call: Call<z.output<P>, z.output<Q>, z.output<B>>) => Promise<Result>
}

/** Binds a contract to its handler and permission. The reply is checked against the contract before it goes out. */
export function route<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  endpoint: Endpoint<P, Q, B, R>,
  bound: Bound<P, Q, B, z.input<R>>,
): Route {
  return { endpoint, permission: bound.permission, sends: 'json', takes: 'json', handle: bound.handle as Route['handle'] }
}

/** A route that answers with a file, such as an export. */
export function downloadRoute<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  endpoint: Endpoint<P, Q, B, R>,
  bound: Bound<P, Q, B, Download>,
): Route {
  return { endpoint, permission: bound.permission, sends: 'file', takes: 'json', handle: bound.handle as Route['handle'] }
}

/** A route that takes one file as multipart/form-data. */
export function uploadRoute<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  endpoint: Endpoint<P, Q, B, R>,
  bound: Bound<P, Q, B, z.input<R>>,
): Route {
  return { endpoint, permission: bound.permission, sends: 'json', takes: 'file', handle: bound.handle as Route['handle'] }
}
