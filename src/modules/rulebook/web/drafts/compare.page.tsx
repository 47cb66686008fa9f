import { Select } from 'antd'
import { useId } from 'react'
import { useAddress, useParam } from '../../../../ui/address.ts'
import { Page, Panel } from '../../../../ui/page.tsx'
import { Loaded } from '../../../../ui/states.tsx'
import { useCall } from '../../../../ui/use-call.ts'
import { inChinese } from '../../../../kernel/time/civil-date.ts'
import { showDraft } from '../../drafts/drafts.contract.ts'
import { compareRulebooks } from '../../drafts/publishing.contract.ts'
import { showRulebook } from '../../requirements/coverage.contract.ts'
import { listRulebooks } from '../../requirements/requirements.contract.ts'
import { DifferencesTable } from './differences-table.tsx'
import { DraftSteps, draftTitle } from './draft-steps.tsx'
import './drafts.css'
import '../rules.css'

const sideName = (side: { title: string; kind: 'draft' | 'edition'; number: number } | null): string =>
  side === null ? '没有可比的文本' : side.kind === 'draft' ? `草稿第 ${side.number} 稿` : `第 ${side.number} 版`

/** Two texts of a document, field by field; only what differs. */
function Comparison(props: { id: string; against: string | undefined }) {
  const { id, against } = props
  const read = useCall(compareRulebooks, { params: { id }, ...(against && { query: { with: against } }) })
  return (
    <Loaded query={read}>
      {({ before, after, items }) => (
        <Panel
          title={`${sideName(before)} → ${sideName(after)}`}
          note={items.length === 0 ? '没有差别' : `${items.length} 处有差别，相同的不列`}
          flush
        >
          {before === null ? (
            <p className="draft-muted draft-inset">这是第一份文本，没有可比的。</p>
          ) : (
            <DifferencesTable items={items} before={sideName(before)} after={sideName(after)} />
          )}
        </Panel>
      )}
    </Loaded>
  )
}

/** A draft beside what it started from, or beside any other document. */
export function DraftComparePage() {
  const id = useParam('id')
  const [search, change] = useAddress()
  const read = useCall(showDraft, { params: { id } })
  const books = useCall(listRulebooks, {})
  const label = useId()
  const options = (books.data?.items ?? []).map((book) => ({ value: book.id, label: `《${book.title}》` }))
  return (
    <Page title={read.data ? draftTitle(read.data) : '对照'} crumbs={[{ label: '草稿', to: '/rules/drafts' }]}>
      <Loaded query={read}>
        {(draft) => (
          <>
            <DraftSteps draft={draft} now="compare" />
            <div className="draft-bar">
              <label htmlFor={label}>与哪份相比</label>
              <Select
                id={label}
                className="draft-wide"
                value={search.with ?? ''}
                options={[{ value: '', label: draft.rulebook ? '起草时的底本' : '没有底本' }, ...options]}
                onChange={(value: string) => change({ with: value || undefined })}
              />
            </div>
            <Comparison id={draft.id} against={search.with} />
          </>
        )}
      </Loaded>
    </Page>
  )
}

/** Two editions of a published document side by side. */
export function EditionsPage() {
  const id = useParam('id')
  const [search, change] = useAddress()
  const read = useCall(showRulebook, { params: { id } })
  const [left, right] = [useId(), useId()]
  return (
    <Page title={read.data ? `《${read.data.title}》各版对照` : '各版对照'} crumbs={[{ label: '制度', to: '/rules' }]}>
      <Loaded query={read}>
        {(book) => {
          const options = book.editions.map((one) => ({
            value: String(one.edition),
            label: `第 ${one.edition} 版 · ${inChinese(one.from)}起${one.reason ? ` · ${one.reason}` : ''}`,
          }))
          const after = search.edition ?? String(book.edition)
          const before = search.with ?? String(Number(after) - 1)
          if (book.editions.length < 2) return <p className="draft-muted">这份文件只有一版，没有可对照的。</p>
          return (
            <>
              <div className="draft-bar">
                <label htmlFor={left}>左边</label>
                <Select
                  id={left}
                  className="draft-wide"
                  value={before}
                  options={options}
                  onChange={(value: string) => change({ with: value })}
                />
                <label htmlFor={right}>右边</label>
                <Select
                  id={right}
                  className="draft-wide"
                  value={after}
                  options={options}
                  onChange={(value: string) => change({ edition: value })}
                />
              </div>
              <Comparison id={`${book.id}@${after}`} against={before === '0' ? undefined : `${book.id}@${before}`} />
            </>
          )
        }}
      </Loaded>
    </Page>
  )
}
