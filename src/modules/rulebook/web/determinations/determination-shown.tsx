import { inChinese } from '../../../../kernel/time/civil-date.ts'
import { period, periodInChinese } from '../../../../kernel/time/period.ts'
import { Facts } from '../../../../ui/facts.tsx'
import { Go } from '../../../../ui/go.tsx'
import { Panel } from '../../../../ui/page.tsx'
import { StatusTag } from '../../../../ui/status-tag.tsx'
import { type DeterminationPage, manners } from '../../determinations/determinations.contract.ts'
import { determinationStates } from '../../determinations/determinations.lifecycle.ts'
import { recordAddress } from '../addresses.rules.ts'

/** 做到 or 没有做到, as a word with its colour. */
export function Verdict({ met }: { met: boolean }) {
  return <StatusTag tone={met ? 'done' : 'short'}>{met ? '做到' : '没有做到'}</StatusTag>
}

/** Everything about a determination: who is judged sees what was seen, by whom, and until when to object. */
export function DeterminationShown({ page }: { page: DeterminationPage }) {
  const facts = [
    { term: '认定', value: <Verdict met={page.met} /> },
    { term: '状态', value: determinationStates[page.state] },
    { term: '组织', value: page.organization.name },
    { term: '期间', value: periodInChinese(period(page.period)) },
    { term: '看到了什么', value: page.seen, wide: true },
    { term: '哪天看的', value: `${inChinese(page.seenOn)}，${manners[page.manner]}` },
    { term: '认定人', value: `${page.by}，${inChinese(page.statedOn)}` },
    ...(page.state === 'stated' ? [{ term: '异议期限', value: `${inChinese(page.objectUntil)}以前可以提一次异议` }] : []),
    ...(page.files.length + page.records.length > 0 ? [{ term: '依据', value: <Evidence page={page} />, wide: true }] : []),
    ...(page.objection ? [{ term: '异议', value: page.objection, wide: true }] : []),
    ...(page.decision ? [{ term: '决定', value: `${page.decision}（${page.decidedBy ?? ''}）`, wide: true }] : []),
    ...(page.stateReason ? [{ term: '撤回理由', value: page.stateReason, wide: true }] : []),
  ]
  return (
    <>
      <Panel title="认定">
        <Facts items={facts} />
      </Panel>
      <Panel title="经过">
        <Facts
          items={page.revisions.map((revision) => ({
            term: `第 ${revision.revision} 版`,
            value: [inChinese(revision.recordedAt.slice(0, 10)), revision.by, wordOf(revision.state), revision.reason]
              .filter(Boolean)
              .join('，'),
            wide: true,
          }))}
        />
      </Panel>
    </>
  )
}

const wordOf = (state: string) => (determinationStates as Readonly<Record<string, string>>)[state] ?? state

function Evidence({ page }: { page: DeterminationPage }) {
  return (
    <>
      {page.files.map((file) => (
        <a key={file.id} href={`/api/v1/files/${file.id}`} style={{ marginRight: '1em' }}>
          {file.name}
        </a>
      ))}
      {page.records.map((record) => (
        <span key={record.id} style={{ marginRight: '1em' }}>
          {record.title === null ? '一条记录（不在您的管理范围内）' : <Go to={recordAddress(record)}>{record.title}</Go>}
        </span>
      ))}
    </>
  )
}
