import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { addressOf } from '../../../kernel/http/call.ts'
import { Go, GoButton } from '../../../ui/go.tsx'
import { useAbility } from '../../../ui/session.tsx'
import { Loaded, sentenceOf } from '../../../ui/states.tsx'
import { useCall, useSubmit } from '../../../ui/use-call.ts'
import { startDraft } from '../drafts/drafts.contract.ts'
import { exportRulebook } from '../drafts/publishing.contract.ts'
import { showRulebook } from '../requirements/coverage.contract.ts'
import { draftAddress } from './drafts/draft-steps.tsx'
import { EndRulebook } from './rule-acts.tsx'
import type { RulebookLine } from './rules-shown.rules.ts'

/** What can be done with a document that stands: revise, see its coverage and editions, take its file along, end it. */
export function DocumentActs({ document }: { document: RulebookLine }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button
        size="small"
        aria-expanded={open}
        aria-label={`${open ? '收起' : '修订、导出'}《${document.title}》`}
        onClick={() => setOpen(!open)}
      >
        {open ? '收起' : '修订、导出'}
      </Button>
      {open && (
        <div className="rules-more">
          <Choices document={document} />
        </div>
      )}
    </>
  )
}

function Choices({ document }: { document: RulebookLine }) {
  const writes = useAbility('rulebook.rule.edit')
  const navigate = useNavigate()
  const read = useCall(showRulebook, { params: { id: document.id } })
  const start = useSubmit(startDraft)
  const revise = async () => {
    const begun = await start.submit({ body: { from: document.id } })
    if (begun) void navigate({ href: draftAddress(begun.id) })
  }
  return (
    <Loaded query={read}>
      {(book) => (
        <>
          {book.note && <p className="rules-muted">{book.note}</p>}
          <p>
            现行第 {book.edition} 版。<Go to={`/rules/coverage?rulebook=${encodeURIComponent(book.code)}`}>看覆盖情况</Go>
          </p>
          {writes && book.drafts.length > 0 && (
            <p>
              正在起草：
              {book.drafts.map((draft) => (
                <Go key={draft.id} to={draftAddress(draft.id)}>
                  第 {draft.version} 稿{' '}
                </Go>
              ))}
            </p>
          )}
          <div className="rules-acts">
            {writes && (
              <Button type="primary" loading={start.pending} onClick={() => void revise()}>
                起草修订
              </Button>
            )}
            <Button href={addressOf(exportRulebook.path, { params: { id: document.id } })} download>
              导出文件
            </Button>
            {book.editions.length > 1 && <GoButton to={`/rules/editions/${encodeURIComponent(document.id)}`}>对照各版</GoButton>}
            <EndRulebook book={document} />
          </div>
          {start.error !== null && <p role="alert">{sentenceOf(start.error)}</p>}
        </>
      )}
    </Loaded>
  )
}
