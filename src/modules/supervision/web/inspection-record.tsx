import { inChinese } from '../../../kernel/time/civil-date.ts'
import { Facts } from '../../../ui/facts.tsx'
import { Go } from '../../../ui/go.tsx'
import { Panel } from '../../../ui/page.tsx'
import { Loaded } from '../../../ui/states.tsx'
import { useCall } from '../../../ui/use-call.ts'
import { type InspectionPage, showInspection } from '../inspections/inspections.contract.ts'
import { inspectionStates, manners } from '../inspections/inspections.lifecycle.ts'
import { answers } from '../inspections/inspections.rules.ts'
import { InspectionActs } from './inspection-acts.tsx'
import { ChecklistEditor } from './inspection-checklist.tsx'
import { InspectionFindings } from './inspection-findings.tsx'
import { SignatureDrawn } from './signature-pad.tsx'
import styles from './inspections.module.css'

export function InspectionBeside({ id }: { id: string }) {
  const found = useCall(showInspection, { params: { id } })
  return (
    <Loaded query={found}>
      {(data) => (
        <div className={styles.stack}>
          <p className={styles.soft}>
            <Go to={`/inspections/${encodeURIComponent(id)}`}>{data.title}</Go>
          </p>
          <InspectionRecord found={data} />
        </div>
      )}
    </Loaded>
  )
}

/** One inspection whole: what can be done, how it stands, checklist, findings, signatures, course. */
export function InspectionRecord({ found }: { found: InspectionPage }) {
  return (
    <div className={styles.stack}>
      <InspectionActs found={found} />
      <Panel title="检查">
        <Standing found={found} />
      </Panel>
      <Panel title="清单" note={`${found.lines.length} 项`}>
        {found.abilities.includes('edit') && <ChecklistEditor key={found.revision} found={found} />}
        <ul className={styles.list}>
          {found.lines.map((line) => (
            <li key={line.id}>
              <p>
                {line.question} {line.clause && <small className={styles.soft}>{line.clause}</small>}
              </p>
              {line.why && <p className={styles.soft}>{line.why}</p>}
              {line.answer && (
                <p>
                  <b className={line.answer === 'short' ? styles.serious : undefined}>{answers[line.answer]}</b>
                  {line.note && `：${line.note}`} <small className={styles.soft}>{line.answeredBy}</small>
                </p>
              )}
            </li>
          ))}
        </ul>
      </Panel>
      <InspectionFindings found={found} />
      {found.sheets.length > 0 && <Sheets found={found} />}
      <Panel title="经过" note={`${found.steps.length} 步`}>
        <ul className={styles.list}>
          {found.steps.map((step) => (
            <li key={`${step.at} ${step.actionName}`}>
              {step.at.slice(0, 16).replace('T', ' ')} {step.by}：{step.actionName}
              {step.reason && <p className={styles.soft}>{step.reason}</p>}
            </li>
          ))}
        </ul>
      </Panel>
    </div>
  )
}

function Standing({ found }: { found: InspectionPage }) {
  const { despite, conclusion, cancelReason, remark } = found
  return (
    <Facts
      items={[
        { term: '状态', value: inspectionStates[found.state] },
        { term: '方式', value: manners[found.manner] },
        { term: '被检查组织', value: found.organization.name },
        { term: '组织检查的', value: found.ledBy.name },
        { term: '检查日期', value: inChinese(found.visitOn) },
        {
          term: '检查人',
          value: `${found.inspectors.map(({ name }) => name).join('、')}${found.joint ? '（联合检查）' : ''}`,
        },
        ...(found.keyProject
          ? [{ term: '重点项目', value: <Go to={`/key-projects/${found.keyProject.id}`}>{found.keyProject.name}</Go> }]
          : []),
        ...(found.announcedOn ? [{ term: '通知', value: inChinese(found.announcedOn) }] : []),
        ...(despite ? [{ term: '近期去过，再去的理由', value: despite, wide: true }] : []),
        ...(conclusion ? [{ term: '结论', value: conclusion, wide: true }] : []),
        ...(cancelReason ? [{ term: '取消理由', value: cancelReason, wide: true }] : []),
        ...(remark ? [{ term: '被检查方说明', value: `${remark.text}（${remark.by}）`, wide: true }] : []),
      ]}
    />
  )
}

function Sheets({ found }: { found: InspectionPage }) {
  return (
    <Panel title="签字" note={`${found.sheets.length} 张`}>
      <ul className={styles.list}>
        {found.sheets.map((sheet) => (
          <li key={sheet.clientId}>
            <p>
              {sheet.signedAt.slice(0, 16).replace('T', ' ')} 列 {sheet.covers.length} 条发现
              {sheet.refusal && `；被检查方拒签：${sheet.refusal}`}
            </p>
            <div className={styles.acts}>
              {sheet.signatures.map(({ side, name, strokes }) => (
                <figure key={`${side} ${name}`}>
                  <SignatureDrawn strokes={strokes} name={name} />
                  <figcaption>
                    {side === 'inspector' ? '检查人' : '被检查方'} {name}
                  </figcaption>
                </figure>
              ))}
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
