import { PlusOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { Unreachable } from '../../../kernel/http/call.ts'
import { useOnline } from '../../../ui/screen.ts'
import { useSession } from '../../../ui/session.tsx'
import { sentenceOf } from '../../../ui/states.tsx'
import { StickyActions } from '../../../ui/sticky-actions.tsx'
import { words } from '../../../ui/words.ts'
import { AgendaPart } from './meeting-agenda.tsx'
import { BasicsPart, NamingPart, SittingInPart } from './meeting-basics.tsx'
import { MinutesPart } from './meeting-minutes.tsx'
import { type Entry, usePreview } from './meeting-entry.client.ts'
import { FilesPart } from './meeting-files.tsx'
import './meeting-form.css'
import { ResolutionsPart, VotesPart } from './meeting-matters.tsx'
import { PeoplePart } from './meeting-people.tsx'
import { servedInWords } from './recorded.tsx'

export interface MeetingFormProps {
  readonly entry: Entry
  readonly submitLabel: string
  readonly pending: boolean
  /** What the last attempt ran into. */
  readonly error: unknown
  /** By field path: what is wrong before or after sending. */
  readonly faults: ReadonlyMap<string, string>
  /** Counts the refusals, so that the focus goes to what is wrong each time. */
  readonly refusals: number
  readonly onSubmit: () => void
  readonly more?: ReactNode
}

const extras = [
  ['naming', '名称、时间、地点'],
  ['minutes', '会议纪要'],
  ['votes', '表决'],
  ['resolutions', '决议'],
  ['sitting', '列席'],
  ['files', '附件'],
] as const
type Extra = (typeof extras)[number][0]

/** The whole form in one column: what is preset stands first, what is rarely needed opens on a tap. */
export function MeetingForm(props: MeetingFormProps) {
  const { entry, faults } = props
  const preview = usePreview(entry)
  const needsReason =
    entry.mode === 'record' &&
    (preview.data?.needsLateReason === true || entry.value.lateReason !== '' || faults.has('lateReason'))
  const element = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (props.refusals === 0) return
    const fault = element.current?.querySelector<HTMLElement>('section .meeting-fault')
    const part = fault?.closest('section')
    const first =
      part?.querySelector<HTMLElement>('[aria-invalid="true"]') ?? part?.querySelector<HTMLElement>('input, textarea, button')
    ;(first ?? element.current?.querySelector<HTMLElement>('[role="alert"]'))?.focus()
  }, [props.refusals])
  return (
    <form
      ref={element}
      name="meeting"
      className="meeting-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        props.onSubmit()
      }}
    >
      <Restored entry={entry} />
      <Failure error={props.error} faults={faults} />
      {entry.stale !== null && (
        <div className="meeting-warn">
          <span>名单没有更新：{sentenceOf(entry.stale)}</span>
          <Button size="small" onClick={entry.retry}>
            {words.retry}
          </Button>
        </div>
      )}
      <BasicsPart entry={entry} faults={faults} />
      {needsReason && <LatePart entry={entry} fault={faults.get('lateReason')} />}
      {entry.mode === 'correct' && <CorrectionPart entry={entry} fault={faults.get('reason')} />}
      {entry.mode !== 'plan' && <PeoplePart entry={entry} faults={faults} />}
      <AgendaPart entry={entry} faults={faults} />
      <Extras entry={entry} faults={faults} />
      <OtherWarnings warnings={preview.data?.warnings ?? []} />
      <StickyActions note={<Note entry={entry} preview={preview} />}>
        <Button type="primary" htmlType="submit" loading={props.pending} disabled={entry.reading}>
          {props.submitLabel}
        </Button>
        {props.more}
      </StickyActions>
    </form>
  )
}

function Restored({ entry }: { entry: Entry }) {
  if (!entry.draft.restored) return null
  return (
    <div className="meeting-warn" role="status">
      <span>接着 {entry.draft.savedAt} 存下的草稿填写。</span>
      <Button size="small" onClick={entry.draft.clear}>
        {words.startOver}
      </Button>
    </div>
  )
}

/** What happened, what is kept, what to do. */
function Failure(props: { error: unknown; faults: ReadonlyMap<string, string> }) {
  const online = useOnline()
  if (props.error instanceof Unreachable) {
    return (
      <div className="meeting-failure" role="alert" tabIndex={-1}>
        <p>
          {online
            ? '刚才没有连上系统，还不知道记上没有。内容都在这台设备上，请再点一次，不会重复记录。'
            : '网络断了，还没有记上。内容都在这台设备上，连上后再点一次，不会重复记录。'}
        </p>
      </div>
    )
  }
  if (!props.error && props.faults.size === 0) return null
  return (
    <div className="meeting-failure" role="alert" tabIndex={-1}>
      <p>{props.error ? sentenceOf(props.error) : words.fixErrors(props.faults.size)}</p>
      {strays(props.faults).map((text) => (
        <p key={text}>{text}</p>
      ))}
    </div>
  )
}

const placed = [
  'organizationIds',
  'kinds',
  'heldOn',
  'title',
  'chairId',
  'speakerId',
  'startsAt',
  'endsAt',
  'minutes',
  'agenda',
  'absent',
  'votes',
  'resolutions',
  'fileIds',
  'lateReason',
  'reason',
]

function strays(faults: ReadonlyMap<string, string>): string[] {
  return [...faults].filter(([path]) => !placed.includes(path.split('.')[0] ?? '')).map(([, text]) => text)
}

/** 补记: recording late is always possible and always seen; held on and recorded on stand side by side. */
function LatePart({ entry, fault }: { entry: Entry; fault: string | undefined }) {
  const id = useId()
  return (
    <section className="meeting-part" aria-label="补记理由">
      <div className="meeting-warn">
        <span>已过记录期限，可以照常补记。开会日期和记录日期会并列显示。</span>
      </div>
      <label htmlFor={id}>为什么现在才记</label>
      <Input
        id={id}
        maxLength={300}
        value={entry.value.lateReason}
        aria-invalid={fault !== undefined}
        {...(fault && { status: 'error' as const, 'aria-describedby': `${id}-fault` })}
        onChange={(event) => entry.change({ lateReason: event.target.value })}
      />
      {fault && (
        <p id={`${id}-fault`} className="meeting-fault">
          {fault}
        </p>
      )}
    </section>
  )
}

function CorrectionPart({ entry, fault }: { entry: Entry; fault: string | undefined }) {
  const id = useId()
  return (
    <section className="meeting-part" aria-label="更正理由">
      <label htmlFor={id}>更正理由</label>
      <Input
        id={id}
        maxLength={300}
        placeholder="哪里记错了，依据是什么"
        value={entry.value.reason}
        aria-invalid={fault !== undefined}
        {...(fault && { status: 'error' as const, 'aria-describedby': `${id}-fault` })}
        onChange={(event) => entry.change({ reason: event.target.value })}
      />
      {fault && (
        <p id={`${id}-fault`} className="meeting-fault">
          {fault}
        </p>
      )}
      <p className="meeting-soft">原记录留存，首次记录日期不变。</p>
    </section>
  )
}

function Extras(props: { entry: Entry; faults: ReadonlyMap<string, string> }) {
  const { entry, faults } = props
  const [opened, setOpened] = useState<readonly Extra[]>(entry.mode === 'plan' ? ['naming'] : [])
  const { value } = entry
  const filled: Readonly<Record<Extra, boolean>> = {
    naming: value.place !== '' || value.startsAt !== '' || ['title', 'startsAt', 'endsAt'].some((field) => faults.has(field)),
    minutes: value.minutes !== '',
    votes: value.votes.length > 0,
    resolutions: value.resolutions.length > 0,
    sitting: value.sittingIn.length > 0,
    files: value.files.length > 0,
  }
  const shown = (extra: Extra) => opened.includes(extra) || filled[extra]
  const rest = extras.filter(([extra]) => !shown(extra) && (entry.mode !== 'plan' || extra === 'naming'))
  return (
    <>
      {shown('votes') && <VotesPart entry={entry} faults={faults} />}
      {shown('resolutions') && <ResolutionsPart entry={entry} faults={faults} />}
      {shown('minutes') && <MinutesPart entry={entry} fault={faults.get('minutes')} />}
      {shown('sitting') && <SittingInPart entry={entry} />}
      {shown('files') && <FilesPart entry={entry} fault={faults.get('fileIds')} />}
      {shown('naming') && <NamingPart entry={entry} faults={faults} />}
      {rest.length > 0 && (
        <div className="meeting-part">
          <div className="meeting-chips">
            {rest.map(([extra, label]) => (
              <button key={extra} type="button" className="meeting-chip" onClick={() => setOpened([...opened, extra])}>
                <PlusOutlined aria-hidden /> {label}
              </button>
            ))}
          </div>
          <p className="meeting-soft" style={{ marginTop: 6 }}>
            都不是必填
          </p>
        </div>
      )}
    </>
  )
}

/** Warnings besides the agenda's own, which stands beside the agenda. */
function OtherWarnings(props: { warnings: readonly { code: string; message: string }[] }) {
  return (
    <>
      {props.warnings
        .filter((warning) => warning.code !== 'orglife.first_item_not_theory')
        .map((warning) => (
          <div key={warning.code} className="meeting-warn" role="status">
            {warning.message}
          </div>
        ))}
    </>
  )
}

/** What the record will satisfy at once. */
function Note({ entry, preview }: { entry: Entry; preview: ReturnType<typeof usePreview> }) {
  const online = useOnline()
  const { today } = useSession()
  if (entry.draft.failed) return <span className="meeting-soft">{words.notSaved}</span>
  if (!online) return <span className="meeting-soft">网络断了，可以接着填；连上后再点。</span>
  if (entry.mode !== 'record' || !preview.data) return null
  const served = preview.data.satisfies
  if (served.length > 0) return <>记好后同时满足：{servedInWords(served, today)}</>
  return <span className="meeting-soft">这次会议照常记录，暂不满足按期的要求</span>
}
