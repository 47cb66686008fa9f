import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useRef, useState } from 'react'
import { attemptKey, call } from '../../../kernel/http/call.ts'
import { type BulkAct, bulkActs } from '../../../kernel/work-items/owned-items.contract.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { FieldForm, FormField } from '../../../ui/field-form.tsx'
import { useAbility, useSession } from '../../../ui/session.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import { useFields } from '../../../ui/use-fields.ts'
import { PersonPicker } from '../../directory/web/index.ts'
import { type ActResult, actOnItems, mostAtOnce, type OwnedItem } from '../items/items.contract.ts'
import styles from './desk.module.css'

const verbs = Object.keys(bulkActs) as BulkAct[]
const doneAs: Readonly<Record<BulkAct, string>> = { remind: '已催办', assign: '已交办', put_off: '已延期' }
const keyOf = ({ kind, id }: { kind: string; id: string }) => `${kind} ${id}`

/** Several items acted on at once with one reason; the answer says item by item what was done and why not. */
export function DeskBulk(props: { chosen: readonly OwnedItem[]; drop: (keys: readonly string[]) => void }) {
  const may = useAbility('desk.items.act')
  const [act, setAct] = useState<BulkAct | null>(null)
  const [results, setResults] = useState<readonly ActResult[]>([])
  const { chosen } = props
  const possible = verbs.filter((verb) => chosen.some((item) => item.acts.includes(verb)))
  if (!may) return null
  const close = () => {
    setAct(null)
    setResults([])
    props.drop(results.filter(({ outcome }) => outcome === 'done').map(keyOf))
  }
  return (
    <>
      {possible.map((verb, at) => (
        <Button key={verb} type={at === 0 ? 'primary' : 'default'} onClick={() => setAct(verb)}>
          {bulkActs[verb]}
        </Button>
      ))}
      {chosen.length > mostAtOnce && <span className={styles.soft}>一次最多 {mostAtOnce} 项</span>}
      <Dialog open={act !== null} title={act === null ? '' : `${bulkActs[act]}：${chosen.length} 项`} onClose={close}>
        {act !== null && results.length > 0 ? (
          <Outcome act={act} results={results} chosen={chosen} onClose={close} />
        ) : (
          act !== null && <Say key={act} act={act} chosen={chosen} onDone={setResults} />
        )}
      </Dialog>
    </>
  )
}

const schema = actOnItems.body.omit({ act: true, items: true, batch: true })
const sentences: Readonly<Record<BulkAct, string>> = {
  remind: '各项的责任人和本组织会收到通知。还是建议的，按采纳提醒办，要填时限。',
  assign: '建议的转督办，待受理的问题列入清单，任务换责任人。办法不合适的会逐项说明。',
  put_off: '各项用同一个新时限。超过上级时限的，不会延，会逐项说明。',
}

function Say(props: { act: BulkAct; chosen: readonly OwnedItem[]; onDone: (results: readonly ActResult[]) => void }) {
  const { act, chosen } = props
  const { today } = useSession()
  const client = useQueryClient()
  const batch = useRef(attemptKey())
  const form = useFields({ name: `desk-${act}`, schema, initial: {} })
  const proposals = chosen.some((item) => item.stage === 'opened')
  const send = async (said: Omit<Parameters<typeof body>[0], 'act' | 'items' | 'batch'>) => {
    const reply = await call(actOnItems, { body: body({ ...said, act, items: chosen, batch: batch.current }) })
    props.onDone(reply.results)
    void client.invalidateQueries()
  }
  return (
    <>
      <p className={styles.soft}>{sentences[act]}</p>
      <FieldForm form={form} submitLabel={`${bulkActs[act]} ${chosen.length} 项`} onSubmit={send}>
        {act === 'assign' && (
          <FormField
            name="ownerId"
            render={(control) => (
              <PersonPicker
                id={control.id}
                invalid={control.invalid}
                aria-describedby={control['aria-describedby']}
                value={typeof control.value === 'string' ? control.value : null}
                onChange={(id) => control.onChange(id)}
              />
            )}
          />
        )}
        {(act !== 'remind' || proposals) && <FormField name="dueOn" earliest={today} />}
        {act === 'assign' && <FormField name="remedies" control="area" />}
        <FormField name="reason" control="area" />
      </FieldForm>
    </>
  )
}

interface Said {
  readonly act: BulkAct
  readonly items: readonly OwnedItem[]
  readonly batch: string
  readonly reason: string
  readonly ownerId?: string | undefined
  readonly dueOn?: string | undefined
  readonly remedies?: string | undefined
}

const body = ({ items, ...said }: Said) => ({ ...said, items: items.map(({ kind, id }) => ({ kind, id })) })

/** What became of each: the refused ones first with their sentence, and they stay chosen. */
function Outcome(props: { act: BulkAct; results: readonly ActResult[]; chosen: readonly OwnedItem[]; onClose: () => void }) {
  const titles = new Map(props.chosen.map((item) => [keyOf(item), item.title]))
  const refused = props.results.filter(({ outcome }) => outcome === 'refused')
  const done = props.results.length - refused.length
  return (
    <div className={styles.stack}>
      <p role="status">
        {doneAs[props.act]} {done} 项{refused.length > 0 ? `；${refused.length} 项没有办成，仍然选中。` : '，都办成了。'}
      </p>
      <ul className={styles.outcomes}>
        {[...refused, ...props.results.filter(({ outcome }) => outcome === 'done')].map((result) => (
          <li key={keyOf(result)}>
            <StatusTag tone={result.outcome === 'done' ? 'done' : 'short'}>
              {result.outcome === 'done' ? '办成' : '没有办成'}
            </StatusTag>{' '}
            {titles.get(keyOf(result)) ?? result.id}
            {result.sentence && <small>{result.sentence}</small>}
          </li>
        ))}
      </ul>
      <Button type="primary" onClick={props.onClose}>
        知道了
      </Button>
    </div>
  )
}
