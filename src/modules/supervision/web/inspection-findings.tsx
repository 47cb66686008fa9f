import { Go, GoButton } from '../../../ui/go.tsx'
import { Panel } from '../../../ui/page.tsx'
import { useAbility } from '../../../ui/session.tsx'
import { dimensions } from '../../rulebook/obligations/obligations.contract.ts'
import * as contract from '../inspections/findings.contract.ts'
import type { InspectionPage } from '../inspections/inspections.contract.ts'
import { findingActions, findingStates } from '../inspections/inspections.lifecycle.ts'
import { findingKinds } from '../inspections/inspections.rules.ts'
import styles from './inspections.module.css'
import { persons } from './records/pickers.tsx'
import { type RecordAct, RecordActs } from './records/record-acts.tsx'

type FindingLine = contract.FindingLine
const optionsOf = (of: Readonly<Record<string, string>>) => Object.entries(of).map(([value, label]) => ({ value, label }))

/** What was seen, and what becomes of it. */
export function InspectionFindings({ found }: { found: InspectionPage }) {
  return (
    <Panel title="发现" note={`${found.findings.length} 条`}>
      {found.findings.length === 0 && <p className={styles.soft}>还没有发现；双方签字以后，被检查的组织看得到。</p>}
      <ul className={styles.list}>
        {found.findings.map((one) => (
          <Finding key={one.id} finding={one} signed={found.sheets.length > 0} />
        ))}
      </ul>
    </Panel>
  )
}

function Finding({ finding, signed }: { finding: FindingLine; signed: boolean }) {
  return (
    <li>
      <p>
        <b>{finding.requirement?.title ?? findingKinds[finding.kind]}</b>
        {finding.serious && <b className={styles.serious}>（严重）</b>}：{finding.seen}
      </p>
      <p className={styles.soft}>
        {finding.notedAt.slice(0, 16).replace('T', ' ')} {finding.by}，{findingStates[finding.state]}
        {signed && !finding.signed && finding.state !== 'handed_over' && '，签字时没有列入'}
      </p>
      <FindingAfter finding={finding} />
    </li>
  )
}

/** What belongs to it, what became of it, and what can be done with it. */
function FindingAfter({ finding }: { finding: FindingLine }) {
  const mayReceive = useAbility('supervision.clue.receive')
  return (
    <>
      {finding.files.length > 0 && (
        <p>
          {finding.files.map((file) => (
            <a key={file.id} href={`/api/v1/files/${file.id}`} download>
              {file.name}{' '}
            </a>
          ))}
        </p>
      )}
      {finding.problemId && (
        <p>
          <Go to={`/problems/${finding.problemId}`}>看由此列出的问题</Go>
        </p>
      )}
      {finding.caseId && (
        <p>
          <Go to={`/cases/${finding.caseId}`}>看由此建议的事项</Go>
        </p>
      )}
      {finding.abilities.length > 0 && (
        <RecordActs id={finding.id} name="finding" title="办理这条发现" acts={actsOn(finding)} abilities={finding.abilities} />
      )}
      {mayReceive && finding.state === 'handed_over' && (
        <GoButton to={`/clues/new?finding=${finding.id}&organization=${finding.organization.id}`}>受理为线索</GoButton>
      )}
    </>
  )
}

const asked = { name: 'reason', control: 'area' } as const

function actsOn(finding: FindingLine): RecordAct[] {
  const act = (verb: keyof typeof findingActions, rest: Omit<RecordAct, 'verb' | 'label'>): RecordAct => ({
    verb,
    label: findingActions[verb],
    ...rest,
  })
  const title = finding.requirement?.title ?? findingKinds[finding.kind]
  const { kind, seen, serious, requirement, revision, files } = finding
  return [
    act('propose', {
      endpoint: contract.proposeFinding,
      fields: [],
      sentence: '由负责督办的人决定立不立项。',
      done: '已建议立项。',
    }),
    act('list', {
      endpoint: contract.listFindingAsProblem,
      fields: [
        { name: 'title' },
        { name: 'description', control: 'area' },
        { name: 'dimension', options: optionsOf(dimensions) },
      ],
      initial: { title, description: seen, dimension: 'D5' },
      sentence: '问题清单上有责任人、措施和时限，核验以后销号。来源留在问题上。',
      done: '已列入问题清单。',
    }),
    act('clue', {
      endpoint: contract.findingToClue,
      fields: [
        { name: 'title' },
        { name: 'matter', control: 'area' },
        { name: 'namedIds', render: persons() },
        { name: 'above' },
      ],
      initial: { title, matter: seen, namedIds: [], above: false },
      sentence: '移交以后只有办理的纪检人员看得到，您也看不到了；列出的被反映人不会知道。',
      done: '已作为线索移交纪检。',
      confidential: true,
    }),
    act('hand_over', {
      endpoint: contract.handOverFinding,
      fields: [asked],
      sentence: '移交以后只有纪检人员看得到，您也看不到了。说得出被反映人的，请作为线索移交。',
      done: '已移交纪检。',
    }),
    act('amend', {
      endpoint: contract.amendFinding,
      fields: [
        { name: 'kind', options: optionsOf(findingKinds) },
        { name: 'requirement' },
        { name: 'seen', control: 'area' },
        { name: 'serious' },
        { ...asked, title: '为什么更正' },
      ],
      initial: {
        kind,
        seen,
        serious,
        revision,
        fileIds: files.map(({ id }) => id),
        ...(requirement && { requirement: requirement.code }),
      },
      done: '已更正，原样留在经过里。',
    }),
    act('withdraw', { endpoint: contract.withdrawFinding, fields: [asked], sentence: '原样留在经过里。', done: '已撤回。' }),
  ]
}
