import { Button } from 'antd'
import { useRef, useState } from 'react'
import { request } from '../../../../kernel/http/call.ts'
import { Panel } from '../../../../ui/page.tsx'
import { sentenceOf } from '../../../../ui/states.tsx'
import { comparePaper } from '../../papers/papers.contract.ts'
import styles from './papers.module.css'

type Found = ReturnType<(typeof comparePaper)['reply']['parse']>

const words = { changed: '改了', removed: '没有了', added: '多出来' } as const

const said = ({ kind, issued, edited }: Found['differences'][number]) =>
  kind === 'changed' ? `${issued} 改成 ${edited}` : `${issued ?? edited} ${words[kind]}`

/** An edited file is loaded back; where its numbers differ is shown. Nothing is changed by it. */
export function PaperCompare({ id }: { id: string }) {
  const input = useRef<HTMLInputElement>(null)
  const [found, setFound] = useState<Found | null>(null)
  const [error, setError] = useState<string | null>(null)
  const [sending, setSending] = useState(false)
  const send = async (file: File) => {
    setSending(true)
    setError(null)
    setFound(null)
    try {
      const body = new FormData()
      body.append('file', file)
      const path = comparePaper.path.replace(':id', encodeURIComponent(id))
      setFound(comparePaper.reply.parse(await request({ method: 'POST', path, body })))
    } catch (failure) {
      setError(sentenceOf(failure))
    } finally {
      setSending(false)
    }
  }
  return (
    <Panel title="核对改过的文件">
      <div className={styles.stack}>
        <p className={styles.plain}>把改过的 Word 文件传回来，看哪些数字与签发时不同。系统里什么也不会改动，文件也不保存。</p>
        <input
          ref={input}
          type="file"
          accept=".docx"
          hidden
          aria-label="改过的文件"
          onChange={(event) => {
            const file = event.target.files?.[0]
            event.target.value = ''
            if (file) void send(file)
          }}
        />
        <div>
          <Button loading={sending} onClick={() => input.current?.click()}>
            选改过的文件
          </Button>
        </div>
        <div role="status">
          {error}
          {found && <Differences found={found} />}
        </div>
      </div>
    </Panel>
  )
}

function Differences({ found }: { found: Found }) {
  if (found.differences.length === 0) return <p className={styles.plain}>数字与签发时完全一致。</p>
  return (
    <>
      <p className={styles.plain}>有 {found.differences.length} 处数字与签发时不同：</p>
      <ul>
        {found.differences.map((one, at) => (
          <li key={at}>
            <b>{said(one)}</b>（{one.where}：{one.text}）
          </li>
        ))}
      </ul>
    </>
  )
}
