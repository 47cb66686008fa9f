import { Button, Checkbox, InputNumber } from 'antd'
import { inChinese } from '../../../../kernel/time/civil-date.ts'
import type { ControlProps } from '../../../../ui/field-control.tsx'
import { FieldForm, FormField } from '../../../../ui/field-form.tsx'
import { Page, Panel } from '../../../../ui/page.tsx'
import { useAbility } from '../../../../ui/session.tsx'
import { Loaded } from '../../../../ui/states.tsx'
import { useCall, useSubmit } from '../../../../ui/use-call.ts'
import { useFields } from '../../../../ui/use-fields.ts'
import { type ConditionGiven, setLadder, showLadder } from '../../cases/ladder.contract.ts'
import {
  type EscalatedLine,
  escalatedLines,
  type EscalationRules,
  setEscalation,
  showEscalation,
} from '../../escalation/escalation.contract.ts'
import styles from '../cases.module.css'

const lines = Object.entries(escalatedLines) as readonly (readonly [EscalatedLine, string])[]
const steps: Readonly<Record<ConditionGiven['step'], string>> = {
  supervise: '转督办',
  talk: '约谈',
  propose_card: '建议黄牌',
  propose_accountability: '提问责建议',
}
const setBy = (on: string | null) => (on === null ? '没有设定过' : `${inChinese(on)}设定`)

/** When the system proposes the next step of the ladder, and when an unanswered reminder goes up: data, set by the working committee. */
export function SupervisionRulesPage() {
  const ladder = useCall(showLadder, {})
  const escalation = useCall(showEscalation, {})
  const setsLadder = useAbility('supervision.case.set_ladder')
  const setsDays = useAbility('supervision.escalation.set')
  return (
    <Page title="督办的规则" crumbs={[{ label: '督办', to: '/cases' }]} narrow>
      <Loaded query={escalation}>
        {(now) => (
          <Panel title="逐级提醒" note={setBy(now.setOn)}>
            <Escalated now={now} />
            {setsDays && <DaysForm key={now.setOn ?? ''} now={now} />}
          </Panel>
        )}
      </Loaded>
      <Loaded query={ladder}>
        {(now) => (
          <Panel title="督办阶梯的条件" note={now.setOn === null ? '随产品带来，没有改过' : setBy(now.setOn)}>
            <p className={styles.soft}>
              提醒 → 督办 → 约谈 → 黄牌 → 问责建议。够条件时系统在事项里建议下面这一步，走不走由人决定。
            </p>
            <ul>
              {now.conditions.map((one) => (
                <li key={JSON.stringify(one)}>{conditionInWords(one)}</li>
              ))}
            </ul>
            {now.reason && <p className={styles.soft}>设定的理由：{now.reason}</p>}
            {setsLadder && <LadderForm key={JSON.stringify(now.conditions)} now={now.conditions} />}
          </Panel>
        )}
      </Loaded>
    </Page>
  )
}

function conditionInWords({ step, overdueDays, returned, cardInForce }: ConditionGiven): string {
  const parts = [
    overdueDays !== undefined && `超期满 ${overdueDays} 天`,
    returned !== undefined && `退回满 ${returned} 次`,
    cardInForce && '黄牌警示中',
  ]
  return `${parts.filter(Boolean).join('，并且')}：${steps[step]}`
}

function Escalated({ now }: { now: EscalationRules }) {
  const on = lines.filter(([line]) => now.days[line] !== null)
  if (on.length === 0) return <p>没有设定天数，不逐级提醒。文件没有写明几天，须由工委决定后设定。</p>
  return (
    <>
      <p className={styles.soft}>
        提醒、催办以后没有任何回音的，先提醒直接责任人，再提醒第一责任人；每一步都留在事项的经过里。在等上级的不提醒。不看通知有没有人读过。
      </p>
      <ul>
        {on.map(([line, name]) => (
          <li key={line}>{`${name}：满 ${now.days[line]} 天没有回音，提醒上一级`}</li>
        ))}
      </ul>
      <p className={styles.soft}>
        {now.evenInQuiet ? '逐级提醒不受免打扰限制。' : '夜间和休息日的逐级提醒，等免打扰结束再发。'}
        {now.reason && `设定的理由：${now.reason}`}
      </p>
    </>
  )
}

function DaysForm({ now }: { now: EscalationRules }) {
  const setting = useSubmit(setEscalation)
  const form = useFields({
    name: 'escalation',
    schema: setEscalation.body,
    initial: { days: now.days, evenInQuiet: now.evenInQuiet },
  })
  return (
    <div className={styles.form}>
      <FieldForm form={form} submitLabel="设定逐级提醒" onSubmit={(body) => setting.send({ body })}>
        <FormField name="days" title="几天没有回音就提醒上一级" render={(control) => <DaysField control={control} />} />
        <FormField name="evenInQuiet" />
        <FormField name="reason" control="area" help="写明哪次会议决定。" />
      </FieldForm>
    </div>
  )
}

function DaysField({ control }: { control: ControlProps }) {
  const days = control.value as EscalationRules['days']
  return (
    <div className={styles.stack} id={control.id} tabIndex={-1}>
      {lines.map(([line, name]) => (
        <div key={line} className={styles.acts}>
          <span style={{ minWidth: '6em' }}>{name}</span>
          <InputNumber
            aria-label={`${name}：几天`}
            min={1}
            max={60}
            value={days[line]}
            onChange={(value) => control.onChange({ ...days, [line]: value })}
          />
          <span>天（不填不提醒）</span>
        </div>
      ))}
    </div>
  )
}

function LadderForm({ now }: { now: readonly ConditionGiven[] }) {
  const setting = useSubmit(setLadder)
  const form = useFields({ name: 'ladder', schema: setLadder.body, initial: { conditions: [...now] } })
  return (
    <div className={styles.form}>
      <FieldForm form={form} submitLabel="设定阶梯条件" onSubmit={(body) => setting.send({ body })}>
        <FormField name="conditions" render={(control) => <ConditionsField control={control} />} />
        <FormField name="reason" control="area" help="写明哪次会议决定。" />
      </FieldForm>
    </div>
  )
}

function ConditionsField({ control }: { control: ControlProps }) {
  const all = (Array.isArray(control.value) ? control.value : []) as ConditionGiven[]
  const put = (at: number, next: ConditionGiven) => control.onChange(all.map((one, index) => (index === at ? next : one)))
  return (
    <div className={styles.stack} id={control.id} tabIndex={-1}>
      {all.map((one, at) => (
        <ConditionLine
          key={at}
          at={at + 1}
          one={one}
          onChange={(next) => put(at, next)}
          onDrop={() => control.onChange(all.filter((_, index) => index !== at))}
        />
      ))}
      <div>
        <Button onClick={() => control.onChange([...all, { step: 'talk', overdueDays: 15 }])}>加一条</Button>
      </div>
    </div>
  )
}

interface LineProps {
  readonly at: number
  readonly one: ConditionGiven
  readonly onChange: (next: ConditionGiven) => void
  readonly onDrop: () => void
}

/** Numbers that were emptied fall away, so that a condition holds only what it asks for. */
function ConditionLine({ at, one, onChange, onDrop }: LineProps) {
  const number = (key: 'overdueDays' | 'returned', value: number | null) => {
    const { [key]: _gone, ...rest } = one
    onChange(value === null ? rest : { ...rest, [key]: value })
  }
  const card = (on: boolean) => {
    const { cardInForce: _gone, ...rest } = one
    onChange(on ? { ...rest, cardInForce: true } : rest)
  }
  return (
    <fieldset className={styles.item}>
      <legend>第 {at} 条</legend>
      <div className={styles.acts}>
        <select
          aria-label={`第 ${at} 条建议哪一步`}
          value={one.step}
          style={{ font: 'inherit', minHeight: 'var(--target)' }}
          onChange={(event) => onChange({ ...one, step: event.target.value as ConditionGiven['step'] })}
        >
          {Object.entries(steps).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
        <InputNumber
          aria-label={`第 ${at} 条超期满几天`}
          addonBefore="超期满"
          addonAfter="天"
          min={1}
          max={365}
          value={one.overdueDays ?? null}
          onChange={(value) => number('overdueDays', value)}
        />
        <InputNumber
          aria-label={`第 ${at} 条退回满几次`}
          addonBefore="退回满"
          addonAfter="次"
          min={1}
          max={20}
          value={one.returned ?? null}
          onChange={(value) => number('returned', value)}
        />
        <Checkbox checked={one.cardInForce === true} onChange={(event) => card(event.target.checked)}>
          黄牌警示中
        </Checkbox>
        <Button onClick={onDrop}>删去第 {at} 条</Button>
      </div>
    </fieldset>
  )
}
