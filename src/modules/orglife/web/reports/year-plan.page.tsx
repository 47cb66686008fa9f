import { Button } from 'antd'
import { useState } from 'react'
import { useParam } from '../../../../ui/address.ts'
import { ConfirmReason } from '../../../../ui/confirm-reason.tsx'
import { Dialog } from '../../../../ui/dialog.tsx'
import { FieldForm, FormField } from '../../../../ui/field-form.tsx'
import { Go } from '../../../../ui/go.tsx'
import { Page, Panel } from '../../../../ui/page.tsx'
import { Loaded, sentenceOf } from '../../../../ui/states.tsx'
import { StatusTag } from '../../../../ui/status-tag.tsx'
import { useCall, useSubmit } from '../../../../ui/use-call.ts'
import { useFields } from '../../../../ui/use-fields.ts'
import { type MeetingKind, meetingKinds } from '../../meetings/meetings.contract.ts'
import * as contract from '../../year-plans/year-plans.contract.ts'
import { yearPlanStates } from '../../year-plans/year-plans.lifecycle.ts'
import { recordAddress } from '../meeting-entry.rules.ts'
import { Steps } from './steps.tsx'
import styles from './steps.module.css'

type Found = contract.YearPlanPage
type Item = contract.YearPlanItem
const months = Array.from({ length: 12 }, (_, at) => ({ value: String(at + 1), label: `${at + 1} 月` }))
const tones = { held: 'done', arranged: 'pending', due: 'none', missed: 'late', cancelled: 'none' } as const

/** A branch's plan of a year, month by month; made for one hand. */
export function YearPlanDetailPage() {
  const id = useParam('id')
  const found = useCall(contract.showYearPlan, { params: { id } })
  return (
    <Page title="年度计划" crumbs={[{ label: '年度计划', to: '/year-plans' }]} narrow>
      <Loaded query={found}>{(data) => <Shown found={data} />}</Loaded>
    </Page>
  )
}

function Shown({ found }: { found: Found }) {
  const shownMonths = [...new Set(found.items.map(({ month }) => month))]
  const count = found.items.filter(({ standing }) => standing !== 'cancelled').length
  return (
    <div className={styles.stack}>
      <p className={styles.heading}>
        {found.organization.name} {found.year} 年{' '}
        <StatusTag tone={found.state === 'approved' ? 'done' : 'late'}>{yearPlanStates[found.state]}</StatusTag> {found.held} /{' '}
        {count} 已开
      </p>
      <div className={styles.acts}>
        <Button href={`/api/v1/year-plans/${found.id}/paper`}>Word</Button>
        <Button href={`/api/v1/year-plans/${found.id}/export`}>Excel</Button>
      </div>
      {found.abilities.includes('approve') && (
        <Steps id={found.id} steps={[{ verb: 'approve', label: '支部通过', endpoint: contract.approveYearPlan }]} />
      )}
      <Panel title="各月安排">
        {shownMonths.map((month) => (
          <section key={month} aria-label={`${month} 月`}>
            <h3 className={styles.month}>{month} 月</h3>
            <ul className={styles.list}>
              {found.items
                .filter((item) => item.month === month)
                .map((item) => (
                  <Line key={item.id} found={found} item={item} />
                ))}
            </ul>
          </section>
        ))}
      </Panel>
      {found.abilities.includes('add') && <Add key={found.revision} found={found} />}
      <Panel title="改动">
        <ul className={styles.list}>
          {found.changes.map((one) => (
            <li key={one.at}>
              {one.said}
              <small>
                {one.by}，{one.at.slice(0, 10)}
                {one.reason && `：${one.reason}`}
              </small>
            </li>
          ))}
        </ul>
      </Panel>
    </div>
  )
}

function Line({ found, item }: { found: Found; item: Item }) {
  return (
    <li>
      {item.meeting ? <Go to={`/meetings/${item.meeting.id}`}>{item.title}</Go> : item.title}{' '}
      <StatusTag tone={tones[item.standing]}>{contract.itemStandings[item.standing]}</StatusTag>
      <small>
        {meetingKinds[item.kind]}，{item.requirements.length > 0 ? `依据 ${item.requirements.join('、')}` : '支部自定'}
        {item.meeting && `，${item.meeting.heldOn}`}
        {item.reason && `；${item.reason}`}
      </small>
      <LineActs found={found} item={item} />
    </li>
  )
}

/** What can be done with a line: one tap makes it a planned meeting; moved or cancelled only with a reason. */
function LineActs({ found, item }: { found: Found; item: Item }) {
  if (item.standing === 'held') return null
  if (item.standing === 'cancelled') return <Restore found={found} item={item} />
  if (item.standing === 'arranged')
    return <div className={styles.acts}>{item.meeting && <Go to={recordAddress({ planned: item.meeting.id })}>记会议</Go>}</div>
  return <OpenActs found={found} item={item} />
}

function Restore({ found, item }: { found: Found; item: Item }) {
  const restoring = useSubmit(contract.restoreItem)
  if (!found.abilities.includes('restore')) return null
  return (
    <div className={styles.acts}>
      <Button
        aria-label={`恢复 ${item.month} 月${item.title}`}
        loading={restoring.pending}
        onClick={() => void restoring.submit({ params: { id: found.id }, body: { itemId: item.id } })}
      >
        恢复
      </Button>
      {restoring.error !== null && <p role="alert">{sentenceOf(restoring.error)}</p>}
    </div>
  )
}

/** Of a line that has neither been held nor arranged. */
function OpenActs({ found, item }: { found: Found; item: Item }) {
  const [asked, setAsked] = useState<'cancel' | 'move' | null>(null)
  const cancelling = useSubmit(contract.cancelItem)
  const may = (verb: string) => found.abilities.includes(verb)
  const close = () => setAsked(null)
  return (
    <div className={styles.acts}>
      {may('plan_meeting') && item.standing === 'due' && <Arrange found={found} item={item} />}
      {may('move') && (
        <Button aria-label={`改月份：${item.month} 月${item.title}`} onClick={() => setAsked('move')}>
          改月份
        </Button>
      )}
      {may('cancel') && (
        <Button aria-label={`取消 ${item.month} 月${item.title}`} onClick={() => setAsked('cancel')}>
          取消
        </Button>
      )}
      <ConfirmReason
        open={asked === 'cancel'}
        title={`取消 ${item.month} 月的${item.title}`}
        sentence={item.requirements.length > 0 ? '计划里取消了，制度的要求仍在，到期仍会提醒。' : '只从计划里取消。'}
        confirmLabel="确定取消"
        least={2}
        onConfirm={(reason) => cancelling.send({ params: { id: found.id }, body: { itemId: item.id, reason } })}
        onClose={close}
      />
      <Dialog open={asked === 'move'} title={`把${item.title}改到别的月份`} onClose={close}>
        <Move found={found} item={item} onDone={close} />
      </Dialog>
    </div>
  )
}

function Arrange({ found, item }: { found: Found; item: Item }) {
  const planning = useSubmit(contract.planItemMeeting)
  return (
    <>
      <Button
        aria-label={`预定 ${item.month} 月${item.title}`}
        loading={planning.pending}
        onClick={() => void planning.submit({ params: { id: found.id }, body: { itemId: item.id } })}
      >
        预定
      </Button>
      {planning.error !== null && <p role="alert">{sentenceOf(planning.error)}</p>}
    </>
  )
}

function Move({ found, item, onDone }: { found: Found; item: Item; onDone: () => void }) {
  const moving = useSubmit(contract.moveItem)
  const form = useFields({ name: `move-${item.id}`, schema: contract.moveItem.body, initial: { itemId: item.id } })
  return (
    <FieldForm
      form={form}
      submitLabel="改"
      onSubmit={async (body) => {
        await moving.send({ params: { id: found.id }, body })
        onDone()
      }}
    >
      <MonthField />
      <FormField name="reason" control="area" />
    </FieldForm>
  )
}

/** A month, held as a number. */
function MonthField() {
  return <FormField name="month" render={(control) => <MonthSelect control={control} />} />
}

interface Control {
  readonly id: string
  readonly value: unknown
  readonly invalid: boolean
  readonly onChange: (value: unknown) => void
}
function MonthSelect({ control }: { control: Control }) {
  return (
    <select
      id={control.id}
      aria-invalid={control.invalid}
      value={typeof control.value === 'number' ? String(control.value) : ''}
      onChange={(event) => control.onChange(event.target.value === '' ? undefined : Number(event.target.value))}
    >
      <option value="">请选月份</option>
      {months.map(({ value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  )
}

const kinds: readonly MeetingKind[] = [
  'theme_day',
  'members_meeting',
  'committee_meeting',
  'lecture',
  'organization_life_meeting',
  'democratic_review',
]

function Add({ found }: { found: Found }) {
  const adding = useSubmit(contract.addItem)
  const form = useFields({ name: 'add-item', schema: contract.addItem.body, initial: { kind: 'theme_day' } })
  return (
    <Panel title="加一项">
      <FieldForm form={form} submitLabel="加上" onSubmit={(body) => adding.send({ params: { id: found.id }, body })}>
        <MonthField />
        <FormField name="kind" options={kinds.map((kind) => ({ value: kind, label: meetingKinds[kind] }))} />
        <FormField name="title" />
      </FieldForm>
    </Panel>
  )
}
