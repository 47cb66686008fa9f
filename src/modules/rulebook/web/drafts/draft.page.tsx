import { useCallback, useEffect, useMemo, useState } from 'react'
import { useAddress, useParam } from '../../../../ui/address.ts'
import { Page, Panel } from '../../../../ui/page.tsx'
import { usePhone } from '../../../../ui/screen.ts'
import { useSession } from '../../../../ui/session.tsx'
import { Loaded } from '../../../../ui/states.tsx'
import { useCall } from '../../../../ui/use-call.ts'
import { type DraftDetail, type DraftMistake, showDraft } from '../../drafts/drafts.contract.ts'
import { type Content, looseOf, nextCode, textAt } from './draft-content.rules.ts'
import { DraftActs } from './draft-acts.tsx'
import { DraftOutline } from './draft-outline.tsx'
import { fieldOf, partAt, type Place, placeName, placeNamed } from './draft-part.rules.ts'
import { DraftSteps, draftTitle, standing } from './draft-steps.tsx'
import { MistakesPanel } from './mistakes-panel.tsx'
import { PartEditor } from './part-editor.tsx'
import './drafts.css'
import '../rules.css'

/** A draft being written: its outline, one entry in a form, what is still wrong. */
export function DraftPage() {
  const id = useParam('id')
  const read = useCall(showDraft, { params: { id } })
  return (
    <Page
      title={read.data ? draftTitle(read.data) : '制度草稿'}
      crumbs={[{ label: '草稿', to: '/rules/drafts' }]}
      {...(read.data && { note: standing(read.data), actions: <DraftActs draft={read.data} /> })}
    >
      <Loaded query={read}>{(draft) => <Draft draft={draft} />}</Loaded>
    </Page>
  )
}

const newOf = (search: Readonly<Record<string, string>>): 'clauses' | 'requirements' | null =>
  search.new === 'clauses' || search.new === 'requirements' ? search.new : null

function Draft({ draft }: { draft: DraftDetail }) {
  const [search, change] = useAddress()
  const phone = usePhone()
  const { today } = useSession()
  const fresh = newOf(search)
  // One object as long as the same entry stands open: what is computed from it would never come to rest otherwise.
  const place = useMemo<Place>(() => (fresh ? { section: fresh, code: null } : placeNamed(search.at)), [fresh, search.at])
  const [live, setLive] = useState<readonly DraftMistake[] | null>(null)
  const mistakes = live ?? draft.mistakes
  const open = useCallback((to: Place) => change({ at: placeName(to), new: undefined, field: undefined }), [change])
  const missing = !fresh && place.code !== null && partAt(draft.body, place) === undefined
  useJump(search.field, search.at)
  const jump = (to: Place, one: DraftMistake) => {
    if (fresh && to.code !== null && partAt(draft.body, to) === undefined) focusField(fieldOf(one))
    else change({ at: placeName(to), new: undefined, field: fieldOf(one) || 'none' })
    if (search.field === (fieldOf(one) || 'none') && search.at === placeName(to)) focusField(fieldOf(one))
  }
  const panel = <MistakesPanel mistakes={mistakes} onJump={jump} />
  return (
    <>
      <DraftSteps draft={draft} now="write" />
      <div className="draft-columns">
        <DraftOutline
          draft={draft}
          mistakes={mistakes}
          open={place}
          onOpen={open}
          onNew={(section) => change({ new: section, at: undefined, field: undefined })}
        />
        <Panel title={headingOf(draft, place)}>
          {missing ? (
            <p className="draft-muted">草稿里没有这一项，可能已改了代号或被删去。请从目录里选。</p>
          ) : (
            <PartEditor
              key={`${placeName(place)} ${fresh ?? ''} ${fresh ? draft.body[fresh].length : ''}`}
              draft={draft}
              place={place}
              fresh={freshPart(draft, place, today)}
              onSaved={open}
              onRemoved={() => open({ section: 'document', code: null })}
              onMistakes={setLive}
            />
          )}
        </Panel>
        {phone ? (
          <details className="draft-more">
            <summary>{mistakes.length === 0 ? '没有要改正的地方' : `要改正的 ${mistakes.length} 处`}</summary>
            {panel}
          </details>
        ) : (
          panel
        )}
      </div>
    </>
  )
}

/** Puts the focus where a mistake stands, at its own field or the nearest group around it. */
function focusField(field: string): void {
  const path = field.split('.')
  for (let length = path.length; length > 0; length--) {
    const found = document.getElementById(`part-${path.slice(0, length).join('-')}`)
    if (!found) continue
    found.closest('details')?.setAttribute('open', '')
    found.focus()
    found.scrollIntoView({ block: 'center' })
    return
  }
  document.querySelector<HTMLElement>('.draft-form input, .draft-form textarea')?.focus()
}

function useJump(field: string | undefined, at: string | undefined) {
  useEffect(() => {
    if (!field) return
    const timer = setTimeout(() => focusField(field === 'none' ? '' : field), 50)
    return () => clearTimeout(timer)
  }, [field, at])
}

const words = {
  document: '文件信息',
  clauses: '条款',
  requirements: '要求',
  tightens: '对别的文件从严',
  tags: '工作纪实标签',
} as const

function headingOf(draft: DraftDetail, place: Place): string {
  const { section, code } = place
  if (section !== 'clauses' && section !== 'requirements') return words[section]
  if (code === null) return section === 'clauses' ? '新的条款' : '新的要求'
  return `${words[section]} ${code} ${textAt(looseOf(partAt(draft.body, place)), 'title')}`
}

/** What a new entry begins with: the next code, and what is mostly right. */
function freshPart({ body }: DraftDetail, { section }: Place, today: string): Content {
  const codes = (of: 'clauses' | 'requirements') => body[of].map((part) => textAt(part, 'code'))
  const stem = textAt(body.document, 'code').replace(/\d+$/, '').slice(0, 4) || 'A'
  if (section === 'clauses') {
    const last = body.clauses.at(-1)
    return {
      code: nextCode(codes('clauses'), `${stem}-`),
      ...(last?.['dimension'] !== undefined && { dimension: last['dimension'] }),
    }
  }
  if (section !== 'requirements') return {}
  const from = textAt(body.document, 'in_force_from')
  return {
    code: nextCode(codes('requirements'), stem),
    version: 1,
    valid_from: from > today ? from : from || today,
    strength: 'hard',
    confidence: 'A',
    enabled: true,
    cadence: 'month',
    subject: { kinds: ['branch', 'joint_branch'] },
    target: { at_least: 1 },
    ...(textAt(body.document, 'title') !== '' && { source: { regulation: textAt(body.document, 'title') } }),
  }
}
