import { App, Button } from 'antd'
import { useEffect, useMemo, useRef, useState } from 'react'
import { ConfirmReason } from '../../../../ui/confirm-reason.tsx'
import { useDraft } from '../../../../ui/draft.ts'
import { StickyActions } from '../../../../ui/sticky-actions.tsx'
import { useKeys } from '../../../../ui/use-keys.ts'
import type { DraftDetail, DraftMistake } from '../../drafts/drafts.contract.ts'
import { ClauseForm } from './clause-form.tsx'
import { type Content, looseOf, type Path, same, textAt, withValue } from './draft-content.rules.ts'
import {
  bodyWith,
  fieldOf,
  inFormWords,
  isCoded,
  mistakesAtOnce,
  mistakesIn,
  partAt,
  type Place,
  placeName,
} from './draft-part.rules.ts'
import { HeadForm } from './head-form.tsx'
import { PartConflict } from './part-conflict.tsx'
import { PartContext } from './part-field.tsx'
import { usePartSave } from './part-save.client.ts'
import { RequirementForm } from './requirement-form.tsx'
import { TagsForm, TightensForm } from './tightens-form.tsx'

export interface PartEditorProps {
  readonly draft: DraftDetail
  readonly place: Place
  /** What a new entry begins with. */
  readonly fresh: Content
  readonly onSaved: (place: Place) => void
  readonly onRemoved: () => void
  /** The mistakes as they stand with what is typed, for the panel beside. */
  readonly onMistakes: (mistakes: readonly DraftMistake[] | null) => void
}

interface Kept {
  readonly value: unknown
  /** The entry as it was when editing began. */
  readonly base: unknown
}

function Form({ place, draft }: Pick<PartEditorProps, 'place' | 'draft'>) {
  switch (place.section) {
    case 'document':
      return <HeadForm />
    case 'clauses':
      return <ClauseForm />
    case 'requirements':
      return <RequirementForm body={draft.body} />
    case 'tightens':
      return <TightensForm body={draft.body} />
    case 'tags':
      return <TagsForm />
  }
}

/** The entry as it is typed, kept on the device until it is saved. */
function useTyped(props: PartEditorProps) {
  const { draft, place, fresh } = props
  const stored = partAt(draft.body, place)
  const start: Kept = { value: stored ?? fresh, base: stored ?? null }
  const kept = useDraft<Kept>(`rules-draft:${draft.id}:${placeName(place)}${isNew(place) ? ':new' : ''}`, start)
  const [touched, setTouched] = useState(kept.restored)
  // Untouched, the form follows the server; touched, what was typed stands until it is saved or given up.
  const value = touched ? kept.value.value : start.value
  const base = touched ? kept.value.base : start.base
  const set = (path: Path, next: unknown) => {
    kept.set((before) => {
      const from = touched ? before : start
      return { base: from.base, value: withValue(from.value, path, next) }
    })
    setTouched(true)
  }
  const giveUp = () => {
    kept.clear()
    setTouched(false)
  }
  return { value, base, stored: stored ?? null, changed: touched && !same(value, stored), set, giveUp, kept }
}

const isNew = ({ section, code }: Place) => isCoded(section) && code === null

/** What is wrong with the draft as it now stands on the screen. */
function useMistakes(props: PartEditorProps, value: unknown, changed: boolean) {
  const { draft, place, onMistakes } = props
  const live = useMemo(() => {
    if (!changed) return null
    const open = isNew(place) ? { ...place, code: textAt(looseOf(value), 'code') } : place
    const own = mistakesIn(mistakesAtOnce(bodyWith(draft.body, place, value)), {
      ...open,
      code: textAt(looseOf(value), 'code') || open.code,
    })
    const others = draft.mistakes.filter((one) => !mistakesIn([one], place).length)
    return { own, all: [...others, ...own] }
  }, [draft, place, value, changed])
  useEffect(() => onMistakes(live ? live.all : null), [live, onMistakes])
  return live?.own ?? mistakesIn(draft.mistakes, place)
}

/** One entry of a draft in its form: errors at the fields in words, saved as it is, right or wrong. */
export function PartEditor(props: PartEditorProps) {
  const { draft, place } = props
  const typed = useTyped(props)
  const { value, changed, set, kept } = typed
  const mistakes = useMistakes(props, value, changed)
  const [asked, setAsked] = useState(!isNew(place))
  const saving = usePartSave(draft)
  const { message } = App.useApp()
  const form = useRef<HTMLFormElement>(null)
  const readOnly = draft.state !== 'open'
  const shown = asked ? mistakes : []
  const errors = new Map(shown.map((one) => [fieldOf(one), inFormWords(one.message)]))
  const save = async (next: unknown = value) => {
    setAsked(true)
    const code = textAt(looseOf(next), 'code')
    if (isCoded(place.section) && code === '') {
      document.getElementById('part-code')?.focus()
      return
    }
    if (!(await saving.save(place, next))) return
    typed.giveUp()
    void message.success('已保存。')
    props.onSaved(isCoded(place.section) ? { ...place, code } : place)
  }
  useKeys(form, (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === 's') {
      event.preventDefault()
      if (changed && !readOnly) void save()
    }
  })
  const theirs = saving.meanwhile !== null || (changed && !same(typed.base, typed.stored))
  return (
    <form
      ref={form}
      className="draft-form"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      {kept.restored && changed && (
        <p className="draft-note">
          这里有上次没有保存的修改。{' '}
          <Button type="link" size="small" onClick={typed.giveUp}>
            放弃修改
          </Button>
        </p>
      )}
      {theirs && changed && (
        <PartConflict
          section={place.section}
          base={typed.base}
          mine={value}
          theirs={typed.stored}
          said={saving.meanwhile ?? []}
          onSave={(merged) => void save(merged)}
        />
      )}
      <StrayErrors mistakes={shown} />
      <PartContext value={{ section: place.section, value, set, errors, readOnly }}>
        <Form place={place} draft={draft} />
      </PartContext>
      {!readOnly && <Acts {...props} changed={changed} saving={saving} savedAt={kept.savedAt} wrong={shown.length} />}
    </form>
  )
}

/** Mistakes of the entry as a whole. */
function StrayErrors(props: { mistakes: readonly DraftMistake[] }) {
  const strays = props.mistakes.filter((one) => fieldOf(one) === '')
  if (strays.length === 0) return null
  return (
    <div className="draft-fault" role="alert">
      {strays.map((one) => (
        <p key={one.message}>{inFormWords(one.message)}</p>
      ))}
    </div>
  )
}

/** One place up or down among the clauses. */
function Move({ draft, saving, place, changed }: ActsProps) {
  const { code, section } = place
  const all = draft.body.clauses
  const at = all.findIndex((one) => one['code'] === code)
  const clause = all[at]
  if (!clause || code === null || section !== 'clauses' || changed) return null
  return (
    <>
      <Button disabled={at === 0 || saving.pending} onClick={() => void saving.move(code, clause, at)}>
        上移
      </Button>
      <Button disabled={at === all.length - 1 || saving.pending} onClick={() => void saving.move(code, clause, at + 2)}>
        下移
      </Button>
    </>
  )
}

interface ActsProps extends PartEditorProps {
  readonly changed: boolean
  readonly saving: ReturnType<typeof usePartSave>
  readonly savedAt: string | null
  readonly wrong: number
}

function noteOf({ changed, savedAt, wrong, place }: ActsProps): string {
  if (changed) return savedAt ? `有未保存的修改（${savedAt} 已留在这台设备上）` : '有未保存的修改'
  if (isNew(place)) return '还没有保存'
  return wrong > 0 ? `已保存，还有 ${wrong} 处要改正` : '已保存，没有要改正的地方'
}

function Acts(props: ActsProps) {
  const { place, saving, changed } = props
  const [asking, setAsking] = useState(false)
  const what = place.section === 'clauses' ? '条款' : '要求'
  return (
    <>
      <div className="draft-save">
        {saving.failure && (
          <p className="draft-fault" role="alert">
            {saving.failure}
          </p>
        )}
        <StickyActions note={noteOf(props)}>
          <Button type="primary" htmlType="submit" loading={saving.pending} disabled={!changed && !isNew(place)}>
            保存
          </Button>
          <Move {...props} />
          {isCoded(place.section) && place.code !== null && (
            <Button onClick={() => setAsking(true)}>删去这一{place.section === 'clauses' ? '条' : '项'}</Button>
          )}
        </StickyActions>
      </div>
      <ConfirmReason
        open={asking}
        title={`删去${what} ${place.code ?? ''}`}
        sentence={
          place.section === 'clauses'
            ? '只从草稿里删去。引用它的要求会列为要改正的地方。'
            : '只从草稿里删去。已发布过的要求，从这份草稿的施行日期起停用，以前的数不变。'
        }
        least={0}
        reasonLabel="备注"
        confirmLabel="删去"
        onConfirm={async () => {
          if (await saving.remove(place)) props.onRemoved()
        }}
        onClose={() => setAsking(false)}
      />
    </>
  )
}
