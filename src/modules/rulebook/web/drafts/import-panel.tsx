import { Button } from 'antd'
import { useId, useRef, useState } from 'react'
import { attemptKey, CallProblem } from '../../../../kernel/http/call.ts'
import { useDraft } from '../../../../ui/draft.ts'
import { Labelled } from '../../../../ui/field-form.tsx'
import { Panel } from '../../../../ui/page.tsx'
import { sentenceOf } from '../../../../ui/states.tsx'
import { type FileMistake, fileMistakes, sendRulebook } from './import.client.ts'

interface Held {
  readonly name: string
  readonly text: string
}

const nothing: Held = { name: '', text: '' }

/** Takes a document from a file. A file with mistakes stays here, each line named, to be put right on the spot. */
export function ImportPanel(props: { onImported: (id: string) => void }) {
  const kept = useDraft<Held>('rules-import', nothing)
  const { value: held, set } = kept
  const [mistakes, setMistakes] = useState<readonly FileMistake[]>([])
  const [failure, setFailure] = useState<string | null>(null)
  const [pending, setPending] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const area = useRef<HTMLTextAreaElement>(null)
  const id = useId()
  const send = async (next: Held) => {
    setPending(true)
    setFailure(null)
    setMistakes([])
    try {
      const done = await sendRulebook(next.name, next.text, attemptKey())
      kept.clear()
      props.onImported(done.id)
    } catch (error) {
      setFailure(sentenceOf(error))
      if (error instanceof CallProblem) setMistakes(fileMistakes(error))
    } finally {
      setPending(false)
    }
  }
  const take = async (file: File | undefined) => {
    if (!file) return
    if (!/\.ya?ml$/i.test(file.name))
      return setFailure(`“${file.name}”不是制度文件（.yaml）。请选从本系统导出的，或照样写成的文件。`)
    if (file.size > 256 * 1024) return setFailure(`“${file.name}”超过 256 KB。请按文件拆成几份再导入。`)
    const next = { name: file.name, text: await file.text() }
    set(next)
    await send(next)
  }
  return (
    <Panel title="从文件导入" note="有错的文件一行也不载入，留在这里逐处改正">
      <div className="draft-import">
        <div>
          <input
            ref={input}
            type="file"
            className="draft-input"
            tabIndex={-1}
            aria-label="制度文件"
            accept=".yaml,.yml"
            onChange={(event) => {
              void take(event.target.files?.[0])
              event.target.value = ''
            }}
          />
          <Button type="primary" loading={pending} onClick={() => input.current?.click()}>
            选择文件
          </Button>
        </div>
        {failure && (
          <p className="draft-fault" role="alert">
            {failure}
          </p>
        )}
        {mistakes.length > 0 && <Mistakes items={mistakes} onLine={(line) => selectLine(area.current, line)} />}
        {held.text !== '' && (
          <>
            <Labelled id={id} title={`${held.name} 的内容`} help="可以直接在这里改；改的内容留在这台设备上，不会丢">
              <textarea
                ref={area}
                id={id}
                className="draft-file"
                rows={16}
                spellCheck={false}
                value={held.text}
                onChange={(event) => set({ ...held, text: event.target.value })}
              />
            </Labelled>
            <div className="draft-buttons">
              <Button type="primary" loading={pending} onClick={() => void send(held)}>
                改好了，再导入
              </Button>
              <Button
                onClick={() => {
                  kept.clear()
                  setMistakes([])
                  setFailure(null)
                }}
              >
                不要这份了
              </Button>
            </div>
          </>
        )}
      </div>
    </Panel>
  )
}

function Mistakes(props: { items: readonly FileMistake[]; onLine: (line: number) => void }) {
  return (
    <section aria-label="文件里要改正的地方">
      <table className="rules-table">
        <thead>
          <tr>
            <th scope="col">行</th>
            <th scope="col">怎么改</th>
          </tr>
        </thead>
        <tbody>
          {props.items.map((one) => (
            <tr key={`${one.line} ${one.path} ${one.message}`}>
              <td>
                {one.line === null ? (
                  '整份文件'
                ) : (
                  <button type="button" className="rules-open" onClick={() => props.onLine(one.line ?? 1)}>
                    第 {one.line} 行
                  </button>
                )}
              </td>
              <td>{one.message}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** Marks a line of the text, so that it is seen and typed over. */
function selectLine(area: HTMLTextAreaElement | null, line: number): void {
  if (!area) return
  const lines = area.value.split('\n')
  const start = lines.slice(0, line - 1).reduce((so, one) => so + one.length + 1, 0)
  area.focus()
  area.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0))
  area.scrollTop = (area.scrollHeight / lines.length) * Math.max(0, line - 4)
}
