import { Button } from 'antd'
import { useState } from 'react'
import { inChinese } from '../../../../kernel/time/civil-date.ts'
import { Facts } from '../../../../ui/facts.tsx'
import { FormField } from '../../../../ui/field-form.tsx'
import { Go, GoButton } from '../../../../ui/go.tsx'
import { Panel } from '../../../../ui/page.tsx'
import { useSubmit } from '../../../../ui/use-call.ts'
import * as contract from '../../decisions/decisions.contract.ts'
import { decisionActions, decisionStates } from '../../decisions/decisions.lifecycle.ts'
import { ActForm } from './act-form.tsx'
import { ActsPanel } from './acts-panel.tsx'
import { DraftsForm } from './drafts-form.tsx'
import { TaskSteps } from './task-shown.tsx'
import { TaskTags } from './task-tags.tsx'
import styles from './tasks.module.css'

type Found = contract.DecisionPage
const byReason = { close: contract.closeDecision, reopen: contract.reopenDecision, withdraw: contract.withdrawDecision } as const
type Verb = keyof typeof byReason

/** One decision: its matters, the tasks of each, and what can be done. */
export function DecisionShown({ found }: { found: Found }) {
  const verbs = (Object.keys(byReason) as Verb[]).filter((verb) => found.abilities.includes(verb))
  return (
    <div className={styles.stack}>
      <Panel
        title={found.title}
        actions={
          found.abilities.includes('correct') && (
            <GoButton to={`/decisions/${found.id}/correct`} size="small">
              更正
            </GoButton>
          )
        }
      >
        <Facts
          items={[
            { term: '文号', value: found.documentNumber },
            { term: '发文机关', value: found.issuer },
            { term: '发文日期', value: inChinese(found.issuedOn) },
            { term: '状态', value: decisionStates[found.state] },
            { term: '任务办结', value: `${found.progress.closed} / ${found.progress.tasks}` },
          ]}
        />
      </Panel>
      {found.matters.map((matter, at) => (
        <Matter key={matter.id} found={found} matter={matter} at={at + 1} />
      ))}
      <ActsPanel verbs={verbs} names={decisionActions} form={(verb, done) => <Act verb={verb} found={found} onDone={done} />} />
      <Panel title="经过">
        <TaskSteps steps={found.steps} />
      </Panel>
    </div>
  )
}

function Act({ verb, found, onDone }: { verb: Verb; found: Found; onDone: () => void }) {
  const endpoint = byReason[verb]
  const act = useSubmit(endpoint as typeof contract.closeDecision)
  return (
    <ActForm
      name={`decision-${verb}`}
      of={found.id}
      schema={endpoint.body as typeof contract.closeDecision.body}
      submitLabel={decisionActions[verb]}
      send={(body) => act.send({ params: { id: found.id }, body })}
      onDone={onDone}
    >
      <FormField name="reason" control="area" />
    </ActForm>
  )
}

function Matter({ found, matter, at }: { found: Found; matter: Found['matters'][number]; at: number }) {
  const [open, setOpen] = useState(false)
  const act = useSubmit(contract.breakDown)
  const may = found.abilities.includes('break_down')
  return (
    <Panel title={`要点 ${at}`} note={`${inChinese(matter.dueOn)}前`}>
      <div className={styles.stack}>
        <p className={styles.text}>{matter.text}</p>
        {matter.tasks.length === 0 && <p className={styles.soft}>还没有分解为任务。</p>}
        {matter.tasks.length > 0 && (
          <ul className={styles.list}>
            {matter.tasks.map((task) => (
              <li key={task.id}>
                <Go to={`/tasks/${task.id}`}>
                  {task.organization}：{task.title}
                </Go>{' '}
                <TaskTags of={task} />
                <small>
                  {task.owner}，{inChinese(task.dueOn)}前，关联记录 {task.records} 条
                </small>
              </li>
            ))}
          </ul>
        )}
        {may && (
          <div>
            <Button aria-expanded={open} onClick={() => setOpen(!open)}>
              {`分解要点 ${at}`}
            </Button>
          </div>
        )}
        {open && may && (
          <DraftsForm
            name={`matter:${matter.id}`}
            title={matter.text}
            first={{ dueOn: matter.dueOn }}
            latest={matter.dueOn}
            submitLabel="分解下去"
            send={(body) => act.send({ params: { id: found.id }, body: { matterId: matter.id, ...body } })}
            onDone={() => setOpen(false)}
          />
        )}
      </div>
    </Panel>
  )
}
