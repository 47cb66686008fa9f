import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import { jsonSchemaTransform } from 'fastify-type-provider-zod'
import { declaredProblems } from '../errors/problem.ts'
import type { Route } from './route.ts'

const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'detail'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', description: '稳定的代码，如 orglife.meeting_not_found' },
    detail: { type: 'string', description: '说明和下一步' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          field: { type: 'string' },
          message: { type: 'string' },
          line: { type: 'integer', description: '文件中的行号' },
        },
      },
    },
    figures: { type: 'object', additionalProperties: { type: 'number' }, description: '说明里说到的数' },
    requestId: { type: 'string' },
  },
}

const idempotencyKey = {
  in: 'header',
  name: 'Idempotency-Key',
  required: true,
  schema: { type: 'string', minLength: 8, maxLength: 200 },
  description: '每次提交一个新的随机值；重试同一次提交用同一个值，效果只有一次',
}

interface Operation {
  parameters?: unknown[]
  responses?: Record<string, unknown>
}

/** What every operation has in common and no contract repeats: the problem it may answer, and the key that a change needs. */
function completed(document: { paths?: Record<string, Record<string, unknown> | undefined> }): void {
  for (const [path, operations] of Object.entries(document.paths ?? {})) {
    for (const [method, declared] of Object.entries(operations ?? {})) {
      const operation = declared as Operation
      operation.responses = {
        ...operation.responses,
        default: { description: '出错（RFC 9457）', content: { 'application/problem+json': { schema: problemSchema } } },
      }
      if (method !== 'get' && !path.startsWith('/api/v1/session'))
        operation.parameters = [...(operation.parameters ?? []), idempotencyKey]
    }
  }
}

/** The reader's page: own scripts and styles only, and nothing that would force https on a plain intranet. */
const readerPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

/** Serves the interface's own description at `/api/openapi.json`, browsable at `/api/docs`. */
export async function addOpenApi(app: FastifyInstance, routes: readonly Route[], origin: string): Promise<void> {
  const codes = [...declaredProblems()].map(([code, kind]) => `- \`${code}\` ${kind.status}：${kind.title}`).sort()
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: '表率 公开接口',
        version: '1',
        description: `会话用同站 Cookie；改动类请求须带本站 Origin 和 Idempotency-Key（会话接口除外）。出错按 RFC 9457 返回。\n\n<details><summary>全部错误代码</summary>\n\n${codes.join('\n')}\n\n</details>`,
      },
      servers: [{ url: origin }],
      tags: [...new Set(routes.map((bound) => bound.endpoint.tag))].map((name) => ({ name })),
    },
    transform: jsonSchemaTransform,
    transformObject: (given) => {
      if (!('openapiObject' in given)) return given.swaggerObject
      completed(given.openapiObject as Parameters<typeof completed>[0])
      return given.openapiObject
    },
  })
  await app.register(swaggerUi, { routePrefix: '/api/docs', staticCSP: readerPolicy, theme: { title: '表率 公开接口' } })
  app.get('/api/openapi.json', { schema: { hide: true } }, () => app.swagger())
}
