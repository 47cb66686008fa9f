import { randomBytes } from 'node:crypto'
import cookie from '@fastify/cookie'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import type { Socket } from 'node:net'
import fastify, { type ConnectionError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Actor } from '../access/actor.ts'
import { anonymous } from '../access/anonymous.ts'
import { holds } from '../access/permissions.ts'
import { type Action, noteDenied, perform } from '../actions/action.ts'
import { readAs } from '../database/transaction.ts'
import { Problem } from '../errors/problem.ts'
import type { Platform } from '../platform.ts'
import { sendProblem } from './errors.ts'
import { addOpenApi } from './openapi.ts'
import type { Call, Download, Route, Upload } from './route.ts'
import { addSecurityHeaders, checkOrigin, refuseBrokenText, securityHeaders } from './security.ts'
import { addWeb } from './web-files.ts'

/** Who stands behind a session token. `half` has given the password but not yet the second factor. */
export interface SignedIn {
  readonly actor: Actor
  readonly state: 'full' | 'half'
}

export interface ServerOptions {
  readonly platform: Platform
  readonly routes: readonly Route[]
  readonly authenticate: (token: string) => Promise<SignedIn | null>
  /** The address people use, such as `https://dangjian.example.cn`. */
  readonly origin: string
  /** In production only that origin may send; otherwise any address by which this server is reached. */
  readonly strictOrigin: boolean
  readonly trustProxy: false | number | readonly string[]
  readonly webFolder: string | null
  /** Requests a minute and address before 429. */
  readonly requestsPerMinute?: number
  readonly uploadLimit?: number
}

z.config({
  ...z.locales.zhCN(),
  // The locale's own sentence for a wrong choice quotes a union type.
  customError: (issue) =>
    issue.code === 'invalid_value' && Array.isArray(issue.values)
      ? `请从这些值中选一个：${issue.values.join('、')}。`
      : undefined,
})

/** Builds the HTTP server: headers, cookies, limits, problems, routes, OpenAPI and the web application. */
export async function buildServer(options: ServerOptions): Promise<FastifyInstance> {
  const secure = options.origin.startsWith('https:')
  const app = fastify({
    trustProxy: proxies(options.trustProxy),
    bodyLimit: 1_048_576,
    requestTimeout: 60_000,
    keepAliveTimeout: 10_000,
    genReqId: () => randomBytes(9).toString('base64url'),
    routerOptions: { maxParamLength: 200, querystringParser: flatQuery },
    logger: false,
    clientErrorHandler: refuseBrokenRequest,
    // What the router itself refuses passes no hook.
    frameworkErrors: (error, request, reply) =>
      void sendProblem(options.platform.log, error, { request, reply: reply.headers(securityHeaders(secure)) }),
  })
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.setErrorHandler((error: Error, request, reply) => sendProblem(options.platform.log, error, { request, reply }))
  await app.register(cookie)
  await app.register(multipart, {
    limits: { files: 1, fileSize: options.uploadLimit ?? 32 * 1_048_576, fields: 20, fieldSize: 10_000 },
    throwFileSizeLimit: true,
  })
  await app.register(rateLimit, {
    global: true,
    max: options.requestsPerMinute ?? 3000,
    timeWindow: 60_000,
    errorResponseBuilder: () => new Problem('kernel.too_many_requests', { retryAfter: 30 }),
  })
  addSecurityHeaders(app, { secure })
  await addOpenApi(app, options.routes, options.origin)
  for (const bound of options.routes) addRoute(app, bound, { ...options, secure })
  await addWeb(app, options.webFolder)
  return app
}

/** Bytes that are no HTTP reach no route and no hook; they too are answered as a problem. */
function refuseBrokenRequest(error: ConnectionError, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy(error)
    return
  }
  const slow = error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
  const problem = new Problem('kernel.invalid_input', {
    detail: slow ? '请求传得太慢，已中断。请重试。' : '请求的地址或报文不合 HTTP 规范（地址中的中文须按 UTF-8 百分号编码）。',
  })
  const body = JSON.stringify(problem.body())
  const head = [
    `HTTP/1.1 ${slow ? '408 Request Timeout' : '400 Bad Request'}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ]
  socket.end(
    `${[...head, 'X-Content-Type-Options: nosniff', 'Cache-Control: no-store', 'Connection: close'].join('\r\n')}\r\n\r\n${body}`,
  )
}

/** Which hops may name the client's address: the nearest n, a list of addresses, or none. */
function proxies(trusted: ServerOptions['trustProxy']): false | string[] | ((address: string, hop: number) => boolean) {
  if (trusted === false) return false
  return typeof trusted === 'number' ? (_address, hop) => hop < trusted : [...trusted]
}

const repeatedKeys = new WeakMap<object, string>()

/** Without a prototype, so that `__proto__` is a key like any other; which key came twice is kept for `refuseRepeatedKey`. */
function flatQuery(text: string): Record<string, string> {
  const flat = Object.create(null) as Record<string, string>
  for (const [key, value] of new URLSearchParams(text)) {
    if (Object.hasOwn(flat, key)) repeatedKeys.set(flat, key)
    flat[key] = value
  }
  return flat
}

/** Repeated keys are refused rather than guessed at; here, because the parser stands outside of what the server catches. */
function refuseRepeatedKey({ query }: FastifyRequest): void {
  const field = repeatedKeys.get(query as object)
  if (field === undefined) return
  throw new Problem('kernel.invalid_input', { errors: [{ field, message: '同一个参数写了两次，请只保留一个。' }] })
}

type RouteOptions = ServerOptions & { readonly secure: boolean }
export const cookieName = (secure: boolean) => (secure ? '__Host-biaoshuai' : 'biaoshuai')

function addRoute(app: FastifyInstance, bound: Route, options: RouteOptions): void {
  const { endpoint } = bound
  app.route({
    method: endpoint.method,
    url: endpoint.path,
    schema: {
      summary: endpoint.summary,
      tags: [endpoint.tag],
      params: endpoint.params,
      querystring: endpoint.query,
      ...(bound.takes === 'json' && !(endpoint.body instanceof z.ZodUndefined) && { body: endpoint.body }),
      ...(bound.sends === 'json' && { response: { [endpoint.status]: endpoint.reply } }),
    },
    preValidation: async (request) => {
      if (endpoint.method !== 'GET') checkOrigin(request, options)
      await admit(request, bound, options)
      refuseRepeatedKey(request)
      refuseBrokenText(request)
    },
    handler: async (request, reply) => {
      const result = await bound.handle(callOf(request, reply, options))
      if (bound.sends === 'file') return sendFile(reply, result as Download)
      return reply.status(endpoint.status).header('cache-control', 'no-store').send(result)
    },
  })
}

const admitted = new WeakMap<FastifyRequest, Actor>()

/** Lets the request in, or refuses it before its body is looked at. */
async function admit(request: FastifyRequest, bound: Route, options: RouteOptions): Promise<void> {
  const { permission } = bound
  const token = request.cookies[cookieName(options.secure)]
  if (permission === 'public') return
  const signedIn = token ? await options.authenticate(token) : null
  if (!signedIn) throw new Problem('kernel.not_signed_in')
  admitted.set(request, signedIn.actor)
  if (signedIn.state === 'half') {
    if (permission === 'half_signed_in') return
    throw new Problem('kernel.half_signed_in')
  }
  if (permission === 'signed_in' || permission === 'half_signed_in') return
  if (holds(signedIn.actor, permission)) return
  await noteDenied(options.platform, permission, { actor: signedIn.actor, requestId: request.id, idempotencyKey: null })
  throw new Problem('kernel.forbidden')
}

function keyOf(request: FastifyRequest): string {
  const key = request.headers['idempotency-key']
  if (typeof key !== 'string' || key.length < 8 || key.length > 200) throw new Problem('kernel.idempotency_key_missing')
  return key
}

function callOf(request: FastifyRequest, reply: FastifyReply, options: RouteOptions): Call<unknown, unknown, unknown> {
  const actor = admitted.get(request) ?? anonymous
  const name = cookieName(options.secure)
  return {
    params: request.params,
    query: request.query,
    body: request.body,
    actor,
    platform: options.platform,
    requestId: request.id,
    address: request.ip,
    sessionToken: request.cookies[name] ?? null,
    read: (work) => readAs(options.platform.database, actor, work),
    perform: <Input extends z.ZodType, Result>(declared: Action<Input, Result>, input: z.output<Input>) =>
      perform(options.platform, declared, { actor, requestId: request.id, idempotencyKey: keyOf(request), input }),
    setSession: (token) => {
      const settings = { path: '/', httpOnly: true, secure: options.secure, sameSite: 'strict' as const }
      void (token === null
        ? reply.clearCookie(name, settings).header('clear-site-data', '"cache", "storage"')
        : reply.setCookie(name, token, settings))
    },
    upload: () => takeFile(request),
  }
}

async function takeFile(request: FastifyRequest): Promise<Upload> {
  const part = request.isMultipart() ? await request.file() : undefined
  if (!part)
    throw new Problem('kernel.invalid_input', { errors: [{ field: 'file', message: '没有收到文件，请选择文件后再上传。' }] })
  const fields: Record<string, string> = {}
  for (const [key, field] of Object.entries(part.fields)) {
    if (field && !Array.isArray(field) && field.type === 'field') fields[key] = String(field.value)
  }
  return { name: part.filename, stream: part.file, fields }
}

function sendFile(reply: FastifyReply, file: Download): FastifyReply {
  const encoded = encodeURIComponent(file.name).replaceAll("'", '%27').replaceAll('(', '%28').replaceAll(')', '%29')
  return reply
    .header('content-disposition', `attachment; filename="download"; filename*=UTF-8''${encoded}`)
    .header('cache-control', 'no-store')
    .type(file.mediaType)
    .send(file.stream)
}
