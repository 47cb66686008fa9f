import { Button, Input } from 'antd'
import { useState } from 'react'
import { sentenceOf } from '../../../ui/states.tsx'
import { useSubmit } from '../../../ui/use-call.ts'
import { editChecklist, type InspectionPage } from '../inspections/inspections.contract.ts'
import styles from './inspections.module.css'

interface Line {
  readonly key: string
  readonly id?: string
  readonly question: string
}

/** The checklist as the inspector wants it: what is of no use is taken out, what is missing is added. */
export function ChecklistEditor({ found }: { found: InspectionPage }) {
  const [lines, setLines] = useState<readonly Line[] | null>(null)
  const editing = useSubmit(editChecklist)
  if (!lines) {
    const start = () => setLines(found.lines.map(({ id, question }) => ({ key: id, id, question })))
    return <Button onClick={start}>改清单</Button>
  }
  const change = (key: string, question: string) =>
    setLines(lines.map((line) => (line.key === key ? { ...line, question } : line)))
  const save = async () => {
    const kept = lines.filter(({ question }) => question.trim() !== '').map(({ key: _key, ...line }) => line)
    const done = await editing.submit({ params: { id: found.id }, body: { revision: found.revision, lines: kept } })
    if (done) setLines(null)
  }
  return (
    <div className={styles.stack}>
      {lines.map((line, index) => (
        <div key={line.key} className={styles.acts}>
          <Input
            aria-label={`第 ${index + 1} 项`}
            maxLength={200}
            value={line.question}
            onChange={(event) => change(line.key, event.target.value)}
          />
          <Button aria-label={`去掉第 ${index + 1} 项`} onClick={() => setLines(lines.filter(({ key }) => key !== line.key))}>
            去掉
          </Button>
        </div>
      ))}
      {editing.error !== null && (
        <p className={styles.notice} role="alert">
          {sentenceOf(editing.error)}
        </p>
      )}
      <div className={styles.acts}>
        <Button onClick={() => setLines([...lines, { key: `new${lines.length}${Date.now()}`, question: '' }])}>加一项</Button>
        <Button type="primary" loading={editing.pending} onClick={() => void save()}>
          存下清单
        </Button>
        <Button onClick={() => setLines(null)}>不改了</Button>
      </div>
    </div>
  )
}
