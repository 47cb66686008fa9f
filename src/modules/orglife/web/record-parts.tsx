import { Fragment } from 'react'
import { period, periodInChinese } from '../../../kernel/time/period.ts'
import { Go } from '../../../ui/go.tsx'
import { Panel } from '../../../ui/page.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import type { MeetingPage } from '../meetings/meetings.contract.ts'
import './meeting-form.css'

/** Attachments of a record, to be opened. */
export function FilesPanel({ files }: { files: MeetingPage['files'] }) {
  if (files.length === 0) return null
  return (
    <Panel title="附件">
      <ul className="meeting-files">
        {files.map((file) => (
          <li key={file.id}>
            <a href={`/api/v1/files/${file.id}`}>{file.name}</a>
            <span className="meeting-soft">{sizeInWords(file.bytes)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function sizeInWords(bytes: number): string {
  return bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`
}

/** Where a record is counted, and where not and why. */
export function ServesPanel({ serves, several }: { serves: MeetingPage['serves']; several: boolean }) {
  return (
    <Panel title="计入" note="一次记录，凡能计入的要求都计入">
      {serves.length === 0 && <p style={{ margin: 0 }}>没有按期的要求计入这次记录。</p>}
      <ul className="meeting-done">
        {serves.map((each) => (
          <li key={`${each.requirement} ${each.period} ${each.organization}`}>
            {each.reason === null ? <StatusTag tone="done">计入</StatusTag> : <StatusTag tone="short">未计入</StatusTag>}
            <Go to={`/rules/${encodeURIComponent(each.requirement)}`}>
              {each.requirement} {each.title}
            </Go>
            <span className="meeting-soft">
              {periodInChinese(period(each.period))}
              {several && ` · ${each.organization}`}
            </span>
            {each.reason && <span style={{ flexBasis: '100%' }}>{each.reason}</span>}
          </li>
        ))}
      </ul>
    </Panel>
  )
}

const stamp = new Intl.DateTimeFormat('zh-CN', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Asia/Shanghai' })

interface RevisionsProps {
  readonly revisions: MeetingPage['revisions']
  readonly states: Readonly<Record<string, string>>
}

/** Who entered and changed a record when, and why. */
export function RevisionsPanel({ revisions, states }: RevisionsProps) {
  return (
    <Panel title="修改经过">
      <dl className="meeting-lines" style={{ margin: 0, gap: 4 }}>
        {revisions.map((revision) => (
          <Fragment key={revision.revision}>
            <dt>
              第 {revision.revision} 版 · {states[revision.state] ?? revision.state}
              <span className="meeting-soft">
                {' '}
                {stamp.format(new Date(revision.recordedAt))} {revision.by}
              </span>
            </dt>
            <dd style={{ margin: '0 0 0 1.5em' }}>{revision.reason}</dd>
          </Fragment>
        ))}
      </dl>
    </Panel>
  )
}
