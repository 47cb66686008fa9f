import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { DateField } from '../../../ui/date-field.tsx'
import type { ControlProps } from '../../../ui/field-control.tsx'
import { FieldForm, FormField, Labelled } from '../../../ui/field-form.tsx'
import { Panel } from '../../../ui/page.tsx'
import { useSubmit } from '../../../ui/use-call.ts'
import { useFields } from '../../../ui/use-fields.ts'
import { setWorkingDays, type SpecialDay, specialKinds } from '../working-days/working-days.contract.ts'
import { pastedDays, type PastedDays } from '../working-days/pasted-days.rules.ts'
import styles from './working-days.module.css'

interface Props {
  readonly year: number
  readonly known: { readonly days: readonly SpecialDay[]; readonly source: string | null }
  readonly onDone: () => void
}

/** A year is entered from the notice's own text or a sheet's cells, looked over day by day, and saved as a whole. */
export function WorkingDaysForm({ year, known, onDone }: Props) {
  const setting = useSubmit(setWorkingDays)
  const form = useFields({
    name: 'working-days',
    schema: setWorkingDays.body,
    initial: { days: [...known.days], source: known.source ?? '' },
  })
  const days = form.values['days'] as SpecialDay[]
  const put = (read: PastedDays) => form.set('days', merged(days, read.days))
  return (
    <Panel title={`录入 ${year} 年`}>
      <PasteBox year={year} onRead={put} />
      <FieldForm
        form={form}
        submitLabel="保存这一年"
        more={<Button onClick={onDone}>不改了</Button>}
        onSubmit={async (body) => {
          await setting.send({ params: { year }, body })
          onDone()
        }}
      >
        <FormField name="source" help="如：国务院办公厅关于某年部分节假日安排的通知；本地另有决定的写明是哪次。" />
        <FormField name="days" render={(control) => <DaysField control={control} year={year} />} />
      </FieldForm>
    </Panel>
  )
}

/** What is pasted replaces the same days. */
function merged(before: readonly SpecialDay[], read: readonly SpecialDay[]): SpecialDay[] {
  const all = new Map(before.map((each) => [each.day, each]))
  for (const each of read) all.set(each.day, each)
  return [...all.values()].toSorted((a, b) => a.day.localeCompare(b.day))
}

function PasteBox({ year, onRead }: { year: number; onRead: (read: PastedDays) => void }) {
  const [text, setText] = useState('')
  const [read, setRead] = useState<PastedDays | null>(null)
  return (
    <>
      <Labelled
        id="working-days-paste"
        title="粘贴通知原文，或 Excel 里的单元格"
        help="Excel 每行一项：日期（或起、止两列）、放假或上班、节日。读出来以后在下面逐日核对。"
      >
        <Input.TextArea id="working-days-paste" rows={5} value={text} onChange={(event) => setText(event.target.value)} />
      </Labelled>
      <Button
        disabled={text.trim() === ''}
        onClick={() => {
          const found = pastedDays(text, year)
          setRead(found)
          onRead(found)
        }}
      >
        读出日期
      </Button>
      {read && (
        <div role="status">
          <p>{`读出 ${read.days.length} 天，已放进下面的表。`}</p>
          {read.unread.length > 0 && <p>这几处没有读懂，请手工补：</p>}
          <ul>
            {read.unread.map((each) => (
              <li key={each.text}>{`${each.text}——${each.why}`}</li>
            ))}
          </ul>
        </div>
      )}
    </>
  )
}

const kinds = Object.entries(specialKinds).map(([value, label]) => ({ value, label }))

function DaysField({ control, year }: { control: ControlProps; year: number }) {
  const days = (Array.isArray(control.value) ? control.value : []) as SpecialDay[]
  const put = (at: number, part: Partial<SpecialDay>) =>
    control.onChange(days.map((each, index) => (index === at ? { ...each, ...part } : each)))
  return (
    <div id={control.id} tabIndex={-1} className={styles.days}>
      {days.length === 0 && <p>还没有。可以先粘贴，也可以逐日加。</p>}
      {days.map((each, at) => (
        <div key={at} className={styles.day}>
          <DateField aria-label={`第 ${at + 1} 天的日期`} value={each.day} onChange={(day) => put(at, { day: day ?? '' })} />
          <Select
            aria-label={`第 ${at + 1} 天放假还是上班`}
            value={each.kind}
            options={kinds}
            onChange={(kind) => put(at, { kind: kind as SpecialDay['kind'] })}
          />
          <Input
            aria-label={`第 ${at + 1} 天的节日或缘由`}
            value={each.name}
            maxLength={30}
            onChange={(event) => put(at, { name: event.target.value })}
          />
          <Button aria-label={`删去 ${each.day}`} onClick={() => control.onChange(days.filter((_, index) => index !== at))}>
            删
          </Button>
        </div>
      ))}
      <div>
        <Button onClick={() => control.onChange([...days, { day: `${year}-01-01`, kind: 'off', name: '' }])}>加一天</Button>
      </div>
    </div>
  )
}
