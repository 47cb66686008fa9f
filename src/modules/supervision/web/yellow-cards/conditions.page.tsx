import { Button, Input, InputNumber } from 'antd'
import { inChinese } from '../../../../kernel/time/civil-date.ts'
import type { ControlProps } from '../../../../ui/field-control.tsx'
import { FieldForm, FormField } from '../../../../ui/field-form.tsx'
import { Page, Panel } from '../../../../ui/page.tsx'
import { useAbility } from '../../../../ui/session.tsx'
import { Loaded } from '../../../../ui/states.tsx'
import { useCall, useSubmit } from '../../../../ui/use-call.ts'
import { useFields } from '../../../../ui/use-fields.ts'
import { setCardConditions, showCardConditions } from '../../yellow-cards/cards.contract.ts'
import styles from '../cases.module.css'

interface Entry {
  readonly requirement: string
  readonly periods: number
}

/** When the system proposes a yellow card: nothing until the working committee has decided. */
export function CardConditionsPage() {
  const found = useCall(showCardConditions, {})
  const maySet = useAbility('supervision.yellow_card.set_conditions')
  return (
    <Page title="黄牌的进入条件" crumbs={[{ label: '黄牌警示', to: '/yellow-cards' }]} narrow>
      <Loaded query={found}>
        {(now) => (
          <>
            <Panel title="现在的条件" note={now.setOn ? `${inChinese(now.setOn)}设定` : '没有设定'}>
              {now.entries.length === 0 ? (
                <p>没有设定条件，系统不建议黄牌。文件没有写明判定标准，须由工委会议决定后设定。</p>
              ) : (
                <ul>
                  {now.entries.map((entry) => (
                    <li key={entry.requirement}>{`${entry.requirement} 连续 ${entry.periods} 期没有达到`}</li>
                  ))}
                </ul>
              )}
              {now.reason && <p>设定的理由：{now.reason}</p>}
            </Panel>
            {maySet && <ConditionsForm now={{ entries: [...now.entries], hearingDays: now.hearingDays }} />}
          </>
        )}
      </Loaded>
    </Page>
  )
}

function ConditionsForm({ now }: { now: { entries: Entry[]; hearingDays: number } }) {
  const setting = useSubmit(setCardConditions)
  const form = useFields({ name: 'card-conditions', schema: setCardConditions.body, initial: now })
  return (
    <Panel title="设定条件">
      <FieldForm form={form} submitLabel="设定" onSubmit={(body) => setting.send({ body })}>
        <FormField name="entries" title="哪些要求连续几期没有达到" render={(control) => <EntriesField control={control} />} />
        <FormField name="hearingDays" />
        <FormField name="reason" control="area" help="写明哪次会议决定。" />
      </FieldForm>
    </Panel>
  )
}

function EntriesField({ control }: { control: ControlProps }) {
  const entries = (Array.isArray(control.value) ? control.value : []) as Entry[]
  const put = (at: number, part: Partial<Entry>) =>
    control.onChange(entries.map((entry, index) => (index === at ? { ...entry, ...part } : entry)))
  return (
    <div className={styles.stack} id={control.id} tabIndex={-1}>
      {entries.map((entry, at) => (
        <div key={at} className={styles.acts}>
          <Input
            aria-label={`第 ${at + 1} 条的要求编号`}
            placeholder="要求编号"
            style={{ width: '9em' }}
            value={entry.requirement}
            onChange={(event) => put(at, { requirement: event.target.value })}
          />
          <InputNumber
            aria-label={`第 ${at + 1} 条连续几期`}
            min={2}
            max={24}
            value={entry.periods}
            onChange={(periods) => put(at, { periods: periods ?? 2 })}
          />
          <Button onClick={() => control.onChange(entries.filter((_, index) => index !== at))}>删去第 {at + 1} 条</Button>
        </div>
      ))}
      <div>
        <Button onClick={() => control.onChange([...entries, { requirement: '', periods: 3 }])}>加一条</Button>
      </div>
    </div>
  )
}
