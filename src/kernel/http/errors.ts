import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import '../errors/kernel.problems.ts'
import { type FieldError, Problem } from '../errors/problem.ts'
import { errorFields, type Log } from '../log/log.ts'

const fieldName = (path: string) => path.replace(/^\//, '').replaceAll('/', '.') || '(整体)'

const unavailable = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  '53100',
  '53200',
  '53300',
  '57P01',
  '57P02',
  '57P03',
  '58030',
  '25P03',
  '08006',
  '08003',
  '40001',
  '40P01',
  '55P03',
  '57014',
])
/** A value that no column can hold: a number too large, a date that is none, a text with NUL. What was sent is at fault, not we. */
const unreadable = new Set(['22003', '22007', '22008', '22021', '22P02', '22P05'])
const byStatus: Record<number, string> = {
  400: 'kernel.invalid_input',
  404: 'kernel.not_found',
  // A part of the address that is longer than any id names nothing.
  414: 'kernel.not_found',
  413: 'kernel.too_large',
  415: 'kernel.unsupported_media',
  429: 'kernel.too_many_requests',
}

function databaseProblem(code: string | undefined, message: string): Problem | null {
  if (code && unavailable.has(code)) return new Problem('kernel.unavailable', { retryAfter: 2 })
  if (/Connection terminated|timeout exceeded when trying to connect|connection timeout/i.test(message)) {
    return new Problem('kernel.unavailable', { retryAfter: 2 })
  }
  if (code && unreadable.has(code)) return new Problem('kernel.invalid_input')
  // The second wall answered where the first should have: to the asker it is simply not there.
  if (code === '42501') return new Problem('kernel.not_found')
  return null
}

/** Turns whatever was thrown into the problem that the caller is told. */
export function asProblem(error: FastifyError | Error): Problem {
  if (error instanceof Problem) return error
  if (hasZodFastifySchemaValidationErrors(error)) {
    const errors: FieldError[] = error.validation.map((issue) => ({
      field: fieldName(issue.instancePath),
      message: issue.message ?? '填写有误。',
    }))
    return new Problem('kernel.invalid_input', { errors })
  }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  const database = databaseProblem(code, error.message)
  if (database) return database
  const status = 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 500
  const known = byStatus[status]
  return new Problem(known ?? 'kernel.internal', { cause: error })
}

/** Answers every error as RFC 9457 and logs what went wrong without personal data. */
export function sendProblem(
  log: Log,
  error: FastifyError | Error,
  exchange: { request: FastifyRequest; reply: FastifyReply },
): FastifyReply {
  const problem = asProblem(error)
  const { request, reply } = exchange
  if (problem.status >= 500) {
    log.error('request_failed', {
      requestId: request.id,
      route: request.routeOptions.url,
      problem: problem.code,
      ...errorFields(problem.code === 'kernel.internal' ? error : problem),
    })
  }
  if (problem.retryAfter !== undefined) void reply.header('retry-after', String(problem.retryAfter))
  return reply
    .status(problem.status)
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .send(JSON.stringify(problem.body(request.id)))
}
