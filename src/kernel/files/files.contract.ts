import { z } from 'zod'
import { endpoint } from '../http/endpoint.ts'

/** Form fields sent before the file in `multipart/form-data`. */
export const uploadFields = z.strictObject({
  purpose: z
    .string()
    .regex(/^[a-z][a-z_.]{1,58}$/, { error: '用途请用小写字母和下划线。' })
    .default('attachment')
    .meta({ title: '用途' }),
  organization: z.string().max(60).optional().meta({ title: '所属组织' }),
})

export const uploadFile = endpoint({
  method: 'POST',
  path: '/api/v1/files',
  tag: '文件',
  summary: '上传一个文件（multipart/form-data：purpose、organization 在前，file 在后）',
  reply: z.object({ id: z.string(), name: z.string(), bytes: z.number().int() }),
  status: 201,
})

export const downloadFile = endpoint({
  method: 'GET',
  path: '/api/v1/files/:id',
  tag: '文件',
  summary: '下载一个文件：自己上传的，或所属组织在自己范围内的',
  params: z.strictObject({ id: z.string().max(60) }),
  reply: z.unknown(),
})
