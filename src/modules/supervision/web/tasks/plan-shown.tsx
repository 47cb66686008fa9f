import { Button } from 'antd'
import { useState } from 'react'
import { inChinese } from '../../../../kernel/time/civil-date.ts'
import { FormField } from '../../../../ui/field-form.tsx'
import { Go, GoButton } from '../../../../ui/go.tsx'
import { Panel } from '../../../../ui/page.tsx'
import { useSubmit } from '../../../../ui/use-call.ts'
import { type TaskState, taskStates } from '../../tasks/tasks.lifecycle.ts'
import { comparePlans } from '../../unit-plans/plan-versions.rules.ts'
import * as contract from '../../unit-plans/unit-plans.contract.ts'
import { type PlanAction, planActions, planStates } from '../../unit-plans/unit-plans.lifecycle.ts'
import { PaperLink } from '../papers/paper-link.tsx'
import { ActForm } from './act-form.tsx'
import { ActsPanel } from './acts-panel.tsx'
import { DraftsForm } from './drafts-form.tsx'
import { TaskSteps } from './task-shown.tsx'
import styles from './tasks.module.css'

type Found = contract.PlanPage
const endpoints = {
  submit: contract.submitPlan,
  approve: contract.approvePlan,
  return: contract.returnPlan,
  publish: contract.publishPlan,
  take_back: contract.takeBackPlan,
  amend: contract.amendPlan,
  drop: contract.dropAmendment,
} as const
type Verb = Exclude<PlanAction, 'edit'>

/** One plan: its words, its items with their tasks, what changed between versions, how it went. */
export function PlanShown({ found }: { found: Found }) {
  const verbs = (Object.keys(endpoints) as Verb[]).filter((verb) => found.abilities.includes(verb))
  return (
    <div className={styles.stack}>
      <p className={styles.heading}>
        {found.title}（{found.organization.name}，{planStates[found.state]}，第 {found.now.version} 版）{' '}
        {found.abilities.includes('edit') && (
          <GoButton to={`/unit-plans/${found.id}/edit`} size="small">
            修改
          </GoButton>
        )}
        {found.state === 'published' && <PaperLink kind="unit_plan" id={found.id} />}
      </p>
      {found.state === 'returned' && found.stateReason && <p className={styles.notice}>退回的理由：{found.stateReason}</p>}
      <ActsPanel verbs={verbs} names={planActions} form={(verb, done) => <Act verb={verb} found={found} onDone={done} />} />
      {found.now.body.sections.map((section) => (
        <Panel key={section.title} title={section.title}>
          <p className={styles.text}>{section.text}</p>
        </Panel>
      ))}
      <Items found={found} />
      <Files found={found} />
      <Differences found={found} />
      {found.steps.length > 0 && (
        <Panel title="经过">
          <TaskSteps steps={found.steps} />
        </Panel>
      )}
    </div>
  )
}

function Act({ verb, found, onDone }: { verb: Verb; found: Found; onDone: () => void }) {
  const endpoint = endpoints[verb]
  const act = useSubmit(endpoint as typeof contract.approvePlan)
  return (
    <ActForm
      name={`plan-${verb}`}
      of={found.id}
      schema={endpoint.body as typeof contract.approvePlan.body}
      submitLabel={planActions[verb]}
      send={(body) => act.send({ params: { id: found.id }, body })}
      onDone={onDone}
    >
      {'reason' in endpoint.body.shape && <FormField name="reason" control="area" />}
    </ActForm>
  )
}

function Items({ found }: { found: Found }) {
  const [open, setOpen] = useState<string | null>(null)
  const act = useSubmit(contract.giveByPlan)
  const { items } = found.now.body
  if (items.length === 0) return null
  return (
    <Panel title="任务清单">
      <ul className={styles.list}>
        {items.map((item) => (
          <li key={item.title}>
            {item.title}
            <small>
              {inChinese(item.dueOn)}前；到位的标准：{item.criterion}
            </small>
            {found.tasks
              .filter((task) => task.item === item.title)
              .map((task) => (
                <small key={task.id}>
                  <Go to={`/tasks/${task.id}`}>
                    {task.organization}（{taskStates[task.state as TaskState]}）
                  </Go>
                </small>
              ))}
            {found.abilities.includes('give') && (
              <Button
                size="small"
                aria-label={`按“${item.title}”交办任务`}
                aria-expanded={open === item.title}
                onClick={() => setOpen(open === item.title ? null : item.title)}
              >
                交办任务
              </Button>
            )}
            {open === item.title && (
              <DraftsForm
                name={`plan:${found.id}:${item.title}`}
                title={item.title}
                first={{ dueOn: item.dueOn, criterion: item.criterion }}
                under={found.organization.id}
                submitLabel="交办"
                send={(body) => act.send({ params: { id: found.id }, body: { item: item.title, ...body } })}
                onDone={() => setOpen(null)}
              />
            )}
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function Files({ found }: { found: Found }) {
  if (found.now.files.length === 0) return null
  return (
    <Panel title="附件">
      <ul className={styles.list}>
        {found.now.files.map((file) => (
          <li key={file.id}>
            <a href={`/api/v1/files/${file.id}`}>{file.name}</a>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

/** What this version changes against the one before. */
function Differences({ found }: { found: Found }) {
  const at = found.versions.findIndex((one) => one.version === found.now.version)
  const before = found.versions[at - 1]
  if (!before) return null
  const changes = comparePlans(before.body, found.now.body)
  return (
    <Panel title={`与第 ${before.version} 版相比`} note={`${changes.length} 处`}>
      <ul className={styles.list}>
        {changes.map((change) => (
          <li key={change.what}>
            <b>{change.kind}</b> {change.what}
            {change.before !== null && <small>原来：{change.before}</small>}
            {change.after !== null && <small>现在：{change.after}</small>}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
