import { Button } from 'antd'
import { useState } from 'react'
import { inChinese } from '../../../kernel/time/civil-date.ts'
import { ConfirmReason } from '../../../ui/confirm-reason.tsx'
import { FieldForm, FormField } from '../../../ui/field-form.tsx'
import { Page, Panel } from '../../../ui/page.tsx'
import { useAbility, useSession } from '../../../ui/session.tsx'
import { Empty, Loaded } from '../../../ui/states.tsx'
import { useCall, useSubmit } from '../../../ui/use-call.ts'
import { useFields } from '../../../ui/use-fields.ts'
import { OrganizationPicker } from '../../directory/web/index.ts'
import { type AnnouncedCheck, cancelCheck, listChecks, noteCheck } from '../questions/checks.contract.ts'
import { QuestionTabs } from './question-tabs.tsx'
import './questions.css'

/** 检查通知: what was announced, to whom and for when; those concerned read it too. */
export function ChecksPage() {
  const mayNote = useAbility('orglife.check.note')
  const read = useCall(listChecks, {})
  const [cancelling, setCancelling] = useState<AnnouncedCheck | null>(null)
  return (
    <Page title="检查通知" crumbs={[{ label: '会议', to: '/meetings' }]} bar={<QuestionTabs now="checks" />}>
      <div className="question-lines">
        <p className="question-lead question-soft">
          登记已经通知下去的检查。通知之后集中补录很多会议的，系统会问一句；被检查的组织也看得到这张表。
        </p>
        {mayNote && <NoteForm />}
        <Panel title="已通知的检查">
          <Loaded query={read}>
            {({ items }) =>
              items.length === 0 ? (
                <Empty sentence="没有登记过检查通知。" />
              ) : (
                <ul className="question-list">
                  {items.map((check) => (
                    <Line key={check.id} check={check} onCancel={() => setCancelling(check)} />
                  ))}
                </ul>
              )
            }
          </Loaded>
        </Panel>
      </div>
      {cancelling && <Cancel check={cancelling} onClose={() => setCancelling(null)} />}
    </Page>
  )
}

function Line({ check, onCancel }: { check: AnnouncedCheck; onCancel: () => void }) {
  return (
    <li>
      {check.title}{' '}
      {check.abilities.includes('cancel') && (
        <Button size="small" aria-label={`取消${check.title}`} onClick={onCancel}>
          取消
        </Button>
      )}
      <div className="question-soft">
        {check.organization.name}及其下级，{inChinese(check.announcedOn)}通知，{inChinese(check.visitOn)}检查
        {check.cancelReason && `。已取消：${check.cancelReason}`}
      </div>
    </li>
  )
}

function Cancel({ check, onClose }: { check: AnnouncedCheck; onClose: () => void }) {
  const act = useSubmit(cancelCheck)
  return (
    <ConfirmReason
      open
      title={`取消${check.title}`}
      least={2}
      onConfirm={(reason) => act.send({ params: { id: check.id }, body: { reason } })}
      onClose={onClose}
    />
  )
}

function NoteForm() {
  const { today } = useSession()
  const act = useSubmit(noteCheck)
  const form = useFields({ name: 'note-check', schema: noteCheck.body, initial: { announcedOn: today } })
  return (
    <Panel title="登记检查通知">
      <FieldForm form={form} submitLabel="登记" onSubmit={(body) => act.send({ body })}>
        <FormField
          name="organizationId"
          render={(control) => (
            <OrganizationPicker
              id={control.id}
              invalid={control.invalid}
              aria-describedby={control['aria-describedby']}
              value={typeof control.value === 'string' ? control.value : null}
              onChange={(id) => control.onChange(id)}
            />
          )}
        />
        <FormField name="title" />
        <FormField name="announcedOn" latest={today} />
        <FormField name="visitOn" />
      </FieldForm>
    </Panel>
  )
}
