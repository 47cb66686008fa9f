import { addDays, addMonths, inChinese } from '../../../../kernel/time/civil-date.ts'
import { useParam } from '../../../../ui/address.ts'
import { Facts } from '../../../../ui/facts.tsx'
import { Go, GoButton } from '../../../../ui/go.tsx'
import { Page, Panel } from '../../../../ui/page.tsx'
import { useAbility, useSession } from '../../../../ui/session.tsx'
import { Loaded } from '../../../../ui/states.tsx'
import { useCall } from '../../../../ui/use-call.ts'
import * as contract from '../../key-projects/key-projects.contract.ts'
import { projectKinds, projectVerbs } from '../../key-projects/key-projects.lifecycle.ts'
import styles from '../inspections.module.css'
import { organization } from '../records/pickers.tsx'
import { type RecordAct, RecordActs } from '../records/record-acts.tsx'
import { RecordSteps } from '../records/record-steps.tsx'
import { ProjectTag } from './projects.page.tsx'

const reason = { name: 'reason', control: 'area' } as const

function actsOn(found: contract.ProjectPage, today: string): RecordAct[] {
  const act = (verb: keyof typeof projectVerbs, rest: Omit<RecordAct, 'verb' | 'label'>): RecordAct => ({
    verb,
    label: projectVerbs[verb],
    ...rest,
  })
  const branchEnds = found.branch?.endsOn ?? today
  return [
    act('start', { endpoint: contract.startProject, fields: [], done: '项目已开始。' }),
    act('found_branch', {
      endpoint: contract.foundBranch,
      fields: [{ name: 'name' }, { name: 'parentId', render: organization }, { name: 'on' }, { name: 'endsOn' }, reason],
      initial: {
        name: `${found.name}临时党支部`,
        parentId: found.organization.id,
        on: today,
        endsOn: found.endsOn ?? addMonths(today, 6),
      },
      sentence: '为项目临时设立，党员的组织关系不转接。到期前会提醒延长或撤销。',
      done: '临时党支部已设立，在组织树里看得到。',
    }),
    act('link_branch', {
      endpoint: contract.linkBranch,
      fields: [{ name: 'branchId', render: organization }, reason],
      done: '已关联。',
    }),
    act('extend_branch', {
      endpoint: contract.extendBranch,
      fields: [{ name: 'until', earliest: addDays(branchEnds > today ? branchEnds : today, 1) }, reason],
      initial: { until: addMonths(branchEnds > today ? branchEnds : today, 3) },
      done: '已延长，到期前再提醒。',
    }),
    act('dissolve_branch', {
      endpoint: contract.dissolveBranch,
      fields: [{ name: 'on' }, { name: 'successorId', render: organization }, reason],
      initial: { on: today },
      done: '临时党支部已撤销，它的记录留存。',
    }),
    act('close', { endpoint: contract.closeProject, fields: [{ name: 'result', control: 'area' }], done: '项目已办结。' }),
    act('reopen', { endpoint: contract.reopenProject, fields: [reason], done: '项目重新进行。' }),
    act('withdraw', { endpoint: contract.withdrawProject, fields: [reason], done: '登记已撤销，理由留存。' }),
  ]
}

/** One key project: its span, who supervises it, its branch, its checks and what they found, every step. */
export function ProjectPage() {
  const id = useParam('id')
  const { today } = useSession()
  const mayPlan = useAbility('supervision.inspection.plan')
  const mayReceive = useAbility('supervision.clue.receive')
  const found = useCall(contract.showProject, { params: { id } })
  return (
    <Page
      title={found.data?.name ?? '重点项目'}
      crumbs={[
        { label: '督办', to: '/cases' },
        { label: '重点项目', to: '/key-projects' },
      ]}
      narrow
      actions={
        <>
          {found.data?.abilities.includes('amend') && <GoButton to={`/key-projects/${id}/amend`}>更正</GoButton>}
          {mayPlan && <GoButton to={`/inspections/new?project=${id}`}>安排检查</GoButton>}
          {mayReceive && found.data && (
            <GoButton to={`/clues/new?project=${id}&organization=${found.data.organization.id}`}>受理线索</GoButton>
          )}
        </>
      }
    >
      <Loaded query={found}>
        {(data) => (
          <>
            {data.hints.length > 0 && (
              <Panel title="提示">
                <ul className={styles.list}>
                  {data.hints.map((hint) => (
                    <li key={hint}>{hint}</li>
                  ))}
                </ul>
              </Panel>
            )}
            <RecordActs id={id} name="key-project" acts={actsOn(data, today)} abilities={data.abilities} />
            <Panel title="项目">
              <ProjectFacts found={data} />
            </Panel>
            <Checks found={data} />
            <RecordSteps steps={data.steps} />
          </>
        )}
      </Loaded>
    </Page>
  )
}

const names = (people: readonly { readonly name: string }[]) => people.map(({ name }) => name).join('、')

function branchWords({ branch }: contract.ProjectPage): string | null {
  if (!branch) return null
  if (branch.dissolvedOn !== null) return `${inChinese(branch.dissolvedOn)}撤销`
  return branch.endsOn && inChinese(branch.endsOn)
}

function ProjectFacts({ found }: { found: contract.ProjectPage }) {
  const { branch } = found
  return (
    <Facts
      items={[
        { term: '状态', value: <ProjectTag state={found.state} /> },
        { term: '类别', value: projectKinds[found.kind] },
        { term: '责任单位', value: found.organization.name },
        { term: '开始日期', value: inChinese(found.startsOn) },
        { term: '结束日期', value: found.endsOn && inChinese(found.endsOn) },
        { term: '监督人', value: names(found.supervisors) },
        { term: '纪检人员', value: names(found.disciplineOfficers) },
        {
          term: '临时党支部',
          value: branch && <Go to={`/organizations/${branch.id}`}>{branch.name}</Go>,
        },
        { term: '存续至', value: branchWords(found) },
        { term: '内容', value: found.about, wide: true },
        { term: '廉政风险点', value: found.risks, wide: true },
        { term: '结果', value: found.result, wide: true },
      ]}
    />
  )
}

function Checks({ found }: { found: contract.ProjectPage }) {
  return (
    <Panel title="检查和发现" note={`${found.checks.length} 次检查`}>
      {found.checks.length === 0 && <p className={styles.soft}>还没有看得到的检查。</p>}
      <ul className={styles.list}>
        {found.checks.map((check) => (
          <li key={check.id}>
            <Go to={`/inspections/${check.id}`}>{check.title}</Go>
            <p className={styles.soft}>
              {check.organization} {check.visitOn} {check.state}
            </p>
            {check.findings.map((one) => (
              <p key={one.id}>
                {one.kind}：{one.seen}（{one.state}）
              </p>
            ))}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
