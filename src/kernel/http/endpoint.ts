import { z } from 'zod'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** What server, web client and OpenAPI share about one operation. */
export interface Endpoint<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Reply extends z.ZodType = z.ZodType,
> {
  readonly method: Method
  /** Path with `:name` parameters, such as `/api/v1/meetings/:id`. */
  readonly path: string
  readonly summary: string
  readonly tag: string
  readonly params: Params
  readonly query: Query
  readonly body: Body
  readonly reply: Reply
  /** Status of success; 200 unless told. */
  readonly status: number
}

const nothing = z.strictObject({})
type Nothing = typeof nothing

/** Declares an operation. Unknown keys in params, query and body are refused, so schemas are strict objects. */
export function endpoint<
  Reply extends z.ZodType,
  Params extends z.ZodType = Nothing,
  Query extends z.ZodType = Nothing,
  Body extends z.ZodType = z.ZodUndefined,
>(declared: {
  method: Method
  path: string
  summary: string
  tag: string
  params?: Params
  query?: Query
  body?: Body
  reply: Reply
  status?: number
}): Endpoint<Params, Query, Body, Reply> {
  return {
    method: declared.method,
    path: declared.path,
    summary: declared.summary,
    tag: declared.tag,
    params: declared.params ?? (nothing as unknown as Params),
    query: declared.query ?? (nothing as unknown as Query),
    body: declared.body ?? (z.undefined() as unknown as Body),
    reply: declared.reply,
    status: declared.status ?? 200,
  }
}

/** A page of a list: `next` is the cursor to send as `after`, null on the last page. */
export function listOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), next: z.string().nullable(), total: z.number().int().optional() })
}

/** The query part that every list takes. */
export const pageQuery = z.strictObject({
  after: z.string().max(200).optional().meta({ title: '从此之后' }),
  limit: z.coerce.number().int().min(1).max(500).default(50).meta({ title: '每页条数' }),
})
