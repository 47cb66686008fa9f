import { Button } from 'antd'
import { useState } from 'react'
import { FieldForm, FormField } from '../../../../ui/field-form.tsx'
import { Go } from '../../../../ui/go.tsx'
import { Panel } from '../../../../ui/page.tsx'
import { useCall, useSubmit } from '../../../../ui/use-call.ts'
import { useFields } from '../../../../ui/use-fields.ts'
import { listMeetings } from '../../../orglife/meetings/meetings.contract.ts'
import { listWorkRecords } from '../../../orglife/work-records/work-records.contract.ts'
import { listCases } from '../../cases/cases.contract.ts'
import { type ExampleLink, type ExamplePage, linkExample, unlinkExample } from '../../examples/examples.contract.ts'
import { type ExampleLinkKind, exampleLinkKinds } from '../../examples/examples.lifecycle.ts'
import { listProblems } from '../../problems/problems.contract.ts'
import { listTasks } from '../../tasks/tasks.contract.ts'
import styles from '../cases.module.css'

const pages: Readonly<Record<ExampleLinkKind, string>> = {
  meeting: 'meetings',
  work_record: 'work-records',
  case: 'cases',
  task: 'tasks',
  problem: 'problems',
}

/** The records behind an example: what they say now, never a copy. */
export function ExampleLinks({ found }: { found: ExamplePage }) {
  const [adding, setAdding] = useState(false)
  return (
    <Panel title="依据的记录" note="数字随记录变化，不是抄来的">
      <div className={styles.stack}>
        {found.links.length === 0 && <p className={styles.soft}>还没有关联记录。报送之前至少关联一条。</p>}
        <ul>
          {found.links.map((link) => (
            <li key={link.id}>
              <LinkShown link={link} />
              {found.abilities.includes('unlink') && <Unlink found={found} link={link} />}
            </li>
          ))}
        </ul>
        {found.abilities.includes('link') && (
          <div>
            <Button aria-expanded={adding} onClick={() => setAdding(!adding)}>
              关联记录
            </Button>
          </div>
        )}
        {adding && <LinkForm found={found} onDone={() => setAdding(false)} />}
      </div>
    </Panel>
  )
}

function LinkShown({ link }: { link: ExampleLink }) {
  if (link.reference === null) return <>{exampleLinkKinds[link.kind]}（不在您的管理范围内）</>
  return (
    <>
      {exampleLinkKinds[link.kind]}：<Go to={`/${pages[link.kind]}/${link.reference}`}>{link.title}</Go>
      <span className={styles.soft}>（{link.figures}）</span>
    </>
  )
}

function Unlink({ found, link }: { found: ExamplePage; link: ExampleLink }) {
  const act = useSubmit(unlinkExample)
  return (
    <>
      {' '}
      <Button
        size="small"
        aria-label={`去掉 ${link.title ?? exampleLinkKinds[link.kind]}`}
        onClick={() => void act.send({ params: { id: found.id }, body: { linkId: link.id } })}
      >
        去掉
      </Button>
    </>
  )
}

function LinkForm({ found, onDone }: { found: ExamplePage; onDone: () => void }) {
  const act = useSubmit(linkExample)
  const form = useFields({ name: 'example-link', schema: linkExample.body, initial: { kind: 'meeting' } })
  const kind = form.values['kind'] as ExampleLinkKind
  const records = useRecords(kind, found.organization.id)
  return (
    <FieldForm
      form={form}
      submitLabel="关联"
      onSubmit={async (body) => {
        await act.send({ params: { id: found.id }, body })
        onDone()
      }}
    >
      <FormField
        name="kind"
        control="radio"
        options={Object.entries(exampleLinkKinds).map(([value, label]) => ({ value, label }))}
      />
      <FormField
        name="reference"
        title={exampleLinkKinds[kind]}
        control="select"
        options={records}
        help={records.length === 0 ? '本组织还没有这类记录，换一类，或先去记一条。' : '从本组织和下级已有的里面选。'}
      />
    </FieldForm>
  )
}

type Listed = { readonly id: string; readonly title: string; readonly heldOn?: string }

/** What one list has, with its day where it has one; nothing while it is not asked or not there yet. */
function chosenFrom({ data }: { data: { items: readonly Listed[] } | undefined }) {
  return (data?.items ?? []).map(({ id, title, heldOn }) => ({ value: id, label: heldOn ? `${heldOn} ${title}` : title }))
}

function useRecords(kind: ExampleLinkKind, under: string): { value: string; label: string }[] {
  const recorded = { query: { under, state: 'recorded' as const, limit: 100 } }
  const all = { query: { under, limit: 100 } }
  const meetings = useCall(listMeetings, kind === 'meeting' ? recorded : null)
  const works = useCall(listWorkRecords, kind === 'work_record' ? recorded : null)
  const cases = useCall(listCases, kind === 'case' ? all : null)
  const tasks = useCall(listTasks, kind === 'task' ? all : null)
  const problems = useCall(listProblems, kind === 'problem' ? all : null)
  return [meetings, works, cases, tasks, problems].flatMap(chosenFrom)
}
