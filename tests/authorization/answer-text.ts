import type { LightMyRequestResponse } from 'fastify'
import { fromBufferPromise } from 'yauzl'

async function unzipped(bytes: Buffer): Promise<string> {
  const zip = await fromBufferPromise(bytes)
  const parts: string[] = []
  for await (const entry of zip.eachEntry()) {
    const chunks: Buffer[] = []
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer)
    // A workbook says when it was made; that is nobody's secret.
    if (!entry.fileName.startsWith('docProps/')) parts.push(entry.fileName, Buffer.concat(chunks).toString())
  }
  return parts.join('\n')
}

/** Every byte of an answer as text, headers included; a workbook is opened. What differs from one request to the next by nature is left out. */
export async function textOf(answer: LightMyRequestResponse): Promise<string> {
  const body = answer.rawPayload.subarray(0, 2).toString() === 'PK' ? await unzipped(answer.rawPayload) : answer.payload
  const headers = Object.entries(answer.headers).filter(
    ([name]) => !['date', 'content-length', 'connection', 'keep-alive'].includes(name) && !name.startsWith('x-ratelimit'),
  )
  return `${answer.statusCode} ${JSON.stringify(headers)} ${body.replace(/"requestId":"[^"]*"/g, '')}`
}
