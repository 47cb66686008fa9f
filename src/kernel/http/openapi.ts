import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import { jsonSchemaTransform } from 'fastify-type-provider-zod'
import { declaredProblems } from '../errors/problem.ts'
import type { Route } from './route.ts'

/** Serves the interface's own description at `/api/openapi.json`, browsable at `/api/docs`. */
export async function addOpenApi(app: FastifyInstance, routes: readonly Route[]): Promise<void> {
  const codes = [...declaredProblems()].map(([code, kind]) => `- \`${code}\` ${kind.status}：${kind.title}`).sort()
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: '表率 公开接口',
        version: '1',
        description: `会话用同站 Cookie；改动类请求须带本站 Origin 和 Idempotency-Key（会话接口除外）。出错按 RFC 9457 返回：\n${codes.join('\n')}`,
      },
      tags: [...new Set(routes.map((bound) => bound.endpoint.tag))].map((name) => ({ name })),
    },
    transform: jsonSchemaTransform,
  })
  await app.register(swaggerUi, { routePrefix: '/api/docs', staticCSP: true })
  app.get('/api/openapi.json', { schema: { hide: true } }, () => app.swagger())
}
