import { inChinese } from '../../../kernel/time/civil-date.ts'
import { Facts } from '../../../ui/facts.tsx'
import { Go } from '../../../ui/go.tsx'
import { Panel } from '../../../ui/page.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import type { WorkRecordPage } from '../work-records/work-records.contract.ts'
import { workRecordStates } from '../work-records/work-records.lifecycle.ts'
import { FilesPanel, RevisionsPanel, ServesPanel } from './record-parts.tsx'
import './meeting-form.css'

type Part = { readonly record: WorkRecordPage }

/** Everything about a work record, beside the list, on its own page and on paper. */
export function WorkRecordShown({ record }: Part) {
  return (
    <div className="meeting-lines">
      <Panel title="工作纪实">
        {record.state === 'withdrawn' && (
          <div className="meeting-warn">
            <span>
              {workRecordStates.withdrawn}：{record.stateReason}
            </span>
          </div>
        )}
        <Facts items={factsOf(record)} />
      </Panel>
      <Quality record={record} />
      <FilesPanel files={record.files} />
      <ServesPanel serves={record.serves} several={record.organizations.length > 1} />
      <RevisionsPanel revisions={record.revisions} states={workRecordStates} />
    </div>
  )
}

const tagInWords = ({ title, category }: WorkRecordPage['tags'][number]) => (category ? `${title}（${category}）` : title)

function factsOf(record: WorkRecordPage) {
  const day = record.startedOn ? `${inChinese(record.startedOn)}至${inChinese(record.heldOn)}` : inChinese(record.heldOn)
  return [
    { term: '标签', value: record.tags.map(tagInWords).join('、') },
    { term: '组织', value: record.organizations.map(({ name }) => name).join('、') },
    { term: '日期', value: day },
    {
      term: '记录日期',
      value: (
        <>
          {inChinese(record.recordedOn)} {record.late && <StatusTag tone="late">补记</StatusTag>}
        </>
      ),
    },
    ...(record.lateReason ? [{ term: '补记理由', value: record.lateReason, wide: true }] : []),
    { term: '做了什么', value: record.content, wide: true },
    ...(record.result ? [{ term: '结果', value: record.result, wide: true }] : []),
    ...(record.hours === null ? [] : [{ term: '学时', value: `每人 ${record.hours} 学时` }]),
    ...(record.quantity === null ? [] : [{ term: '数量', value: String(record.quantity) }]),
    ...(record.place ? [{ term: '地点', value: record.place }] : []),
    ...(record.people.length > 0
      ? [{ term: `参加 ${record.people.length} 人`, value: record.people.map(({ name }) => name).join('、'), wide: true }]
      : []),
    ...(record.links.length > 0 ? [{ term: '相关记录', value: <Links record={record} />, wide: true }] : []),
  ]
}

function Links({ record }: Part) {
  return (
    <>
      {record.links.map((link) => (
        <span key={`${link.kind} ${link.id}`} style={{ marginRight: '1em' }}>
          {link.title === null ? (
            '另一条记录（不在您的管理范围内）'
          ) : (
            <Go to={link.kind === 'meeting' ? `/meetings/${link.id}` : `/work-records/${link.id}`}>{link.title}</Go>
          )}
        </span>
      ))}
    </>
  )
}

/** What those above confirmed, the last first; each with its reason, open to whoever is judged. */
function Quality({ record }: Part) {
  if (record.grades.length === 0) return null
  return (
    <Panel title="质量确认" note="由上级确认，最后一次有效">
      <ul className="meeting-done">
        {record.grades.map((grade) => (
          <li key={`${grade.tag} ${grade.on} ${grade.grade} ${grade.reason}`}>
            <span>
              {grade.tag}：{grade.grade}
            </span>
            <span className="meeting-soft">
              {inChinese(grade.on)} {grade.by}
              {grade.correctedSince && '，确认以后记录更正过'}
            </span>
            <span style={{ flexBasis: '100%' }}>{grade.reason}</span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
