import { Button } from 'antd'
import { usePhone } from '../../../../ui/screen.ts'
import type { DraftDetail, DraftMistake } from '../../drafts/drafts.contract.ts'
import { textAt } from './draft-content.rules.ts'
import { mistakesIn, type Place, placeName } from './draft-part.rules.ts'

interface OutlineProps {
  readonly draft: DraftDetail
  readonly mistakes: readonly DraftMistake[]
  readonly open: Place
  readonly onOpen: (place: Place) => void
  readonly onNew: (section: 'clauses' | 'requirements') => void
}

/** What the draft holds: head, clauses, requirements, tightenings, tags; each with how much is to be put right. */
export function DraftOutline(props: OutlineProps) {
  const phone = usePhone()
  if (!phone) return <Lists {...props} />
  const open = props.open.code ?? titles[props.open.section]
  return (
    <details className="draft-more">
      <summary>目录（现在：{open}）</summary>
      <Lists {...props} />
    </details>
  )
}

const titles = { document: '文件信息', clauses: '条款', requirements: '要求', tightens: '从严', tags: '工作纪实标签' } as const

function Lists(props: OutlineProps) {
  const { body, state } = props.draft
  const editing = state === 'open'
  return (
    <nav className="draft-outline" aria-label="草稿目录">
      <Line {...props} place={{ section: 'document', code: null }} label={titles.document} />
      {(['clauses', 'requirements'] as const).map((section) => (
        <section key={section}>
          <h2>
            {titles[section]} {body[section].length}
            {editing && (
              <Button size="small" onClick={() => props.onNew(section)}>
                加一{section === 'clauses' ? '条' : '项'}
              </Button>
            )}
          </h2>
          {body[section].length === 0 && <p className="draft-muted">还没有{titles[section]}。</p>}
          <ul>
            {body[section].map((part, at) => {
              const code = textAt(part, 'code')
              return (
                <li key={`${code} ${at}`}>
                  <Line
                    {...props}
                    place={{ section, code }}
                    label={`${code} ${textAt(part, 'title')}`}
                    off={part['enabled'] === false}
                  />
                </li>
              )
            })}
          </ul>
        </section>
      ))}
      <h2>其他</h2>
      <Line {...props} place={{ section: 'tightens', code: null }} label={`${titles.tightens} ${body.tightens.length}`} />
      <Line {...props} place={{ section: 'tags', code: null }} label={`${titles.tags} ${body.tags.length}`} />
    </nav>
  )
}

function Line(props: OutlineProps & { place: Place; label: string; off?: boolean }) {
  const { place, open } = props
  const wrong = mistakesIn(props.mistakes, place).length
  const current = placeName(place) === placeName(open)
  return (
    <button
      type="button"
      className="draft-line"
      {...(current && { 'aria-current': 'true' as const })}
      onClick={() => props.onOpen(place)}
    >
      <span>{props.label}</span>
      {props.off && <small>未启用</small>}
      {wrong > 0 && <em>{wrong} 处要改</em>}
    </button>
  )
}
