import { Button, Checkbox, Input, Select } from 'antd'
import { useId, useState } from 'react'
import { attemptKey } from '../../../kernel/http/call.ts'
import { type FindingKind, findingKinds } from '../inspections/inspections.rules.ts'
import type { Kit, KitFinding } from '../inspections/kit.rules.ts'
import type { Kits } from './inspection-kit.client.ts'
import styles from './inspections.module.css'

interface Draft {
  readonly kind: FindingKind
  readonly requirement?: string | undefined
  readonly seen: string
  readonly serious: boolean
  readonly handOver: boolean
  readonly photos: readonly File[]
}
const blank: Draft = { kind: 'other', seen: '', serious: false, handOver: false, photos: [] }

/** One more finding: what was seen, in which kind; a photo only where somebody wants one. */
export function KitFindingForm({ kit, kits }: { kit: Kit; kits: Kits }) {
  const id = useId()
  const [draft, setDraft] = useState<Draft>(blank)
  const [error, setError] = useState<string | null>(null)
  const set = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }))
  const add = async () => {
    if (draft.seen.trim().length < 2) return setError('请写明看到了什么。')
    if (draft.kind === 'requirement' && !draft.requirement) return setError('请选是哪项要求。')
    setError(null)
    const { photos, requirement, ...said } = draft
    const finding: KitFinding = {
      ...said,
      seen: said.seen.trim(),
      ...(said.kind === 'requirement' && requirement && { requirement }),
      clientId: attemptKey(),
      notedAt: new Date().toISOString(),
      photos: photos.map((file) => ({ name: file.name, blob: file })),
    }
    await kits.change(kit.id, (now) => ({ ...now, findings: [...now.findings, finding] }))
    setDraft(blank)
  }
  const requirements = kit.page.lines.flatMap((line) =>
    line.requirement ? [{ value: line.requirement, label: line.question }] : [],
  )
  return (
    <div className={styles.stack}>
      <label className={styles.field} htmlFor={`${id}-kind`}>
        哪类问题
        <Select
          id={`${id}-kind`}
          value={draft.kind}
          options={Object.entries(findingKinds)
            .filter(([value]) => value !== 'requirement' || requirements.length > 0)
            .map(([value, label]) => ({ value, label }))}
          onChange={(kind: FindingKind) => set({ kind })}
        />
      </label>
      {draft.kind === 'requirement' && (
        <label className={styles.field} htmlFor={`${id}-requirement`}>
          哪项要求
          <Select
            id={`${id}-requirement`}
            value={draft.requirement ?? null}
            options={requirements}
            onChange={(requirement: string | null) => set({ requirement: requirement ?? undefined })}
          />
        </label>
      )}
      <label className={styles.field} htmlFor={`${id}-seen`}>
        看到的情况
        <Input.TextArea
          id={`${id}-seen`}
          autoSize={{ minRows: 2, maxRows: 8 }}
          maxLength={1000}
          value={draft.seen}
          onChange={(event) => set({ seen: event.target.value })}
          aria-invalid={error !== null}
          aria-describedby={`${id}-error`}
        />
      </label>
      <p id={`${id}-error`} className={styles.serious} role="alert">
        {error}
      </p>
      <Checkbox checked={draft.serious} onChange={(event) => set({ serious: event.target.checked })}>
        严重
      </Checkbox>
      <Checkbox checked={draft.handOver} onChange={(event) => set({ handOver: event.target.checked })}>
        移交纪检（上传以后只有纪检人员看得到，不列入签字单）
      </Checkbox>
      <label className={styles.field} htmlFor={`${id}-photos`}>
        照片（可以不附）
        <input
          key={draft.photos.length === 0 ? 'empty' : 'chosen'}
          id={`${id}-photos`}
          type="file"
          accept="image/*"
          multiple
          onChange={(event) => set({ photos: [...(event.target.files ?? [])].slice(0, 10) })}
        />
      </label>
      <Button type="primary" onClick={() => void add()}>
        记下这条
      </Button>
    </div>
  )
}
