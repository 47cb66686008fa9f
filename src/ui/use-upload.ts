import { useState } from 'react'
import { z } from 'zod'
import { request } from '../kernel/http/call.ts'
import { sentenceOf } from './states.tsx'

const stored = z.object({ id: z.string(), name: z.string() })
export type Uploaded = z.infer<typeof stored>

/** Sends files one by one; what went through is answered, and the first that did not is named in `failure`. */
export function useUpload(to: { purpose: string; organization?: string | undefined }) {
  const [sending, setSending] = useState<string | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const send = async (chosen: readonly File[]): Promise<Uploaded[]> => {
    setFailure(null)
    const added: Uploaded[] = []
    for (const file of chosen) {
      setSending(file.name)
      try {
        const body = new FormData()
        body.append('purpose', to.purpose)
        if (to.organization) body.append('organization', to.organization)
        body.append('file', file)
        added.push(stored.parse(await request({ method: 'POST', path: '/api/v1/files', body })))
      } catch (error) {
        setFailure(`${file.name} 没有传上：${sentenceOf(error)}`)
        break
      }
    }
    setSending(null)
    return added
  }
  return { sending, failure, send }
}
