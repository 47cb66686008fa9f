import { Button } from 'antd'
import { useState } from 'react'
import type { z } from 'zod'
import type { Reply } from '../../../kernel/http/call.ts'
import { useAddress } from '../../../ui/address.ts'
import { ConfirmReason } from '../../../ui/confirm-reason.tsx'
import { FieldForm, FormField } from '../../../ui/field-form.tsx'
import { Go } from '../../../ui/go.tsx'
import { Page, Panel } from '../../../ui/page.tsx'
import { useSession } from '../../../ui/session.tsx'
import { Empty, Loaded } from '../../../ui/states.tsx'
import { useCall, useSubmit } from '../../../ui/use-call.ts'
import { useFields } from '../../../ui/use-fields.ts'
import { Wide } from '../../../ui/wide.tsx'
import { listCategories } from '../categories/categories.contract.ts'
import { askCorrection } from '../hours/corrections.contract.ts'
import { createStudy, type HoursLine, showLedger, sources, studyBody } from '../hours/hours.contract.ts'
import { studyStates } from '../hours/study-records.lifecycle.ts'
import { crumbs, TrainingTabs } from './training-tabs.tsx'
import './training.css'

type Ledger = Reply<typeof showLedger>

/** One's own hours of a year, or those of somebody in one's care (`?subject=`). */
export function HoursPage() {
  const [search] = useAddress()
  const { person, today } = useSession()
  const year = Number(search.year ?? today.slice(0, 4))
  const asked = search.subject !== undefined || person !== null
  const ledger = useCall(showLedger, asked ? { query: { year, ...(search.subject && { subject: search.subject }) } } : null)
  return (
    <Page title="学时账" crumbs={crumbs} note={`${year} 年`}>
      <TrainingTabs now="hours" />
      {asked ? (
        <Loaded query={ledger}>{(data) => <Shown ledger={data} own={data.personId === person?.id} />}</Loaded>
      ) : (
        <Empty sentence="您的帐号没有对应的人员，没有个人学时。" next={<Go to="/training-classes">看培训班</Go>} />
      )}
    </Page>
  )
}

function Shown({ ledger, own }: { ledger: Ledger; own: boolean }) {
  const { sums } = ledger
  return (
    <div className="training-lines">
      <Panel title={`${ledger.person} ${ledger.year} 年学时`}>
        <p>
          集中学习 {sums.collective} 学时（培训班 {sums.class}，外派培训 {sums.sent_out}），自学 {sums.self_study} 学时，合计{' '}
          {sums.total} 学时；其中政治理论 {sums.theory} 学时。
        </p>
        {ledger.asked.map(({ title, hours }) => (
          <p key={title} className="training-soft">
            {title}：{sums.collective} / {hours} 学时
          </p>
        ))}
      </Panel>
      <Panel title={`明细 ${ledger.items.length} 笔`}>
        {ledger.items.length === 0 ? (
          <Empty sentence="今年还没有记学时。参加培训以后，由办班组织登记出勤。" />
        ) : (
          <Items ledger={ledger} own={own} />
        )}
      </Panel>
      {own && <SelfStudy />}
      {ledger.requests.length > 0 && (
        <Panel title="更正申请">
          {ledger.requests.map((one) => (
            <p key={one.id}>
              {one.about}：{one.text} {one.answer ? `答复：${one.answer}` : '（等答复）'}
            </p>
          ))}
        </Panel>
      )}
    </div>
  )
}

const addressOf = (line: HoursLine) => (line.source === 'class' ? `/training-classes/${line.id}` : `/study-records/${line.id}`)

function Items({ ledger, own }: { ledger: Ledger; own: boolean }) {
  const [about, setAbout] = useState<HoursLine | null>(null)
  const asking = useSubmit(askCorrection)
  return (
    <Wide label="学时从哪里来">
      <table className="training-table">
        <tbody>
          {ledger.items.map((line) => (
            <tr key={line.id}>
              <td>
                <Go to={addressOf(line)}>{line.title}</Go>
                {line.state !== 'held' && line.state !== 'confirmed' && `（${studyStates[line.state]}）`}
              </td>
              <td>{sources[line.source]}</td>
              <td>{line.heldOn}</td>
              <td className="number">
                {line.credited} / {line.hours} 学时
              </td>
              {own && (
                <td>
                  <Button size="small" aria-label={`申请更正：${line.title}`} onClick={() => setAbout(line)}>
                    申请更正
                  </Button>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      <ConfirmReason
        open={about !== null}
        title="申请更正"
        sentence="写明哪里不对，登记的组织会核对并答复您。"
        reasonLabel="哪里不对"
        least={2}
        onConfirm={(text) => asking.send({ body: { about: about?.id ?? '', text } })}
        onClose={() => setAbout(null)}
      />
    </Wide>
  )
}

const selfFields = studyBody.pick({ title: true, category: true, heldOn: true }).extend({ hours: studyBody.shape.hours.unwrap() })
type SelfValues = z.output<typeof selfFields>

/** 自学: handed in by the person, counted once the branch has confirmed it. */
function SelfStudy() {
  const { today } = useSession()
  const categories = useCall(listCategories, {})
  const sending = useSubmit(createStudy)
  const fields = useFields({ name: 'self-study', schema: selfFields, initial: { heldOn: today, category: 'political_theory' } })
  const options = (categories.data?.items ?? []).map(({ code, title }) => ({ value: code, label: title }))
  const send = async (values: SelfValues) => {
    await sending.send({ body: { ...values, kind: 'self_study' } })
    fields.change({ title: '', hours: null })
  }
  return (
    <details>
      <summary>填报自学（由支部确认，不计入集中学习）</summary>
      <Panel>
        <FieldForm form={fields} submitLabel="填报" onSubmit={send}>
          <FormField name="title" />
          <FormField name="category" control="select" options={options} />
          <FormField name="heldOn" latest={today} />
          <FormField name="hours" />
        </FieldForm>
      </Panel>
    </details>
  )
}
