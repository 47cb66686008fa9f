import { StatusTag } from '../../../../ui/status-tag.tsx'
import type { Difference } from '../../drafts/publishing.contract.ts'

const sections = { document: '文件信息', clauses: '条款', requirements: '要求', tightens: '从严', tags: '标签' } as const
const changes = { added: '新增', removed: '删去', changed: '修改' } as const
const tones = { added: 'done', removed: 'short', changed: 'late' } as const

/** Two texts side by side: each entry that differs, each field that differs, before and after in words. */
export function DifferencesTable(props: { items: readonly Difference[]; before: string; after: string }) {
  if (props.items.length === 0) return <p className="draft-muted">两个文本没有差别。</p>
  return (
    <table className="rules-table draft-differences" aria-label="逐项对照">
      <thead>
        <tr>
          <th scope="col">在哪里</th>
          <th scope="col">哪一项</th>
          <th scope="col">{props.before}</th>
          <th scope="col">{props.after}</th>
        </tr>
      </thead>
      <tbody>
        {props.items.map((one) => (
          <Entry key={`${one.section} ${one.code ?? ''} ${one.change} ${one.title}`} one={one} />
        ))}
      </tbody>
    </table>
  )
}

function Entry({ one }: { one: Difference }) {
  const head = (
    <th scope="rowgroup" rowSpan={Math.max(1, one.fields.length)}>
      {sections[one.section]} {one.code} {one.section !== 'document' && one.title}{' '}
      <StatusTag tone={tones[one.change]}>{changes[one.change]}</StatusTag>
    </th>
  )
  if (one.fields.length === 0) {
    return (
      <tr>
        {head}
        <td colSpan={3} className="rules-muted">
          {one.change === 'added' ? '整项是新加的' : '整项删去了'}
        </td>
      </tr>
    )
  }
  return (
    <>
      {one.fields.map((field, at) => (
        <tr key={field.field}>
          {at === 0 && head}
          <td>{field.title}</td>
          <td data-title="原来">{field.before}</td>
          <td data-title="现在">{field.after}</td>
        </tr>
      ))}
    </>
  )
}
