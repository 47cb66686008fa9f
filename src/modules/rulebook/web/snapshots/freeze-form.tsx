import { useNavigate } from '@tanstack/react-router'
import { Button, Input } from 'antd'
import { useId, useState } from 'react'
import type { z } from 'zod'
import { addDays } from '../../../../kernel/time/civil-date.ts'
import { period, periodInChinese, periodOf } from '../../../../kernel/time/period.ts'
import { useAddress } from '../../../../ui/address.ts'
import { Facts } from '../../../../ui/facts.tsx'
import { Go } from '../../../../ui/go.tsx'
import { Panel } from '../../../../ui/page.tsx'
import { PeriodPicker } from '../../../../ui/period-picker.tsx'
import { useSession } from '../../../../ui/session.tsx'
import { Loaded, sentenceOf } from '../../../../ui/states.tsx'
import { useCall, useSubmit } from '../../../../ui/use-call.ts'
import { OrganizationPicker } from '../../../directory/web/index.ts'
import { freezePeriod, previewSnapshot } from '../../snapshots/snapshots.contract.ts'
import './snapshots.css'
import { snapshotAddress } from './snapshot-words.rules.ts'

type Preview = z.output<(typeof previewSnapshot)['reply']>

/** The last year that is over, unless the address names a period. */
const firstChoice = (asked: string | undefined, today: string) =>
  asked ?? periodOf(addDays(`${today.slice(0, 4)}-01-01`, -1), 'year').name

/** Which organization and period, what goes in, and freezing. */
export function FreezeForm() {
  const { today, grants } = useSession()
  const [search, change] = useAddress()
  const chosen = firstChoice(search.period, today)
  const own = grants.find((grant) => grant.role === 'committee_officer')?.organization.id ?? null
  const organization = search.organization ?? own
  const preview = useCall(previewSnapshot, organization ? { query: { organization, period: chosen } } : null)
  return (
    <Panel title="冻结一期" note="签名保存这一期的事实、规则、建制、口径版本和结果">
      <div className="snapshot-choice">
        <OrganizationPicker
          aria-label="组织（连同全部下级）"
          value={organization}
          onChange={(id) => change({ organization: id ?? undefined }, { replace: true })}
        />
        <PeriodPicker value={chosen} today={today} onChange={(next) => change({ period: next }, { replace: true })} />
      </div>
      <Loaded query={preview}>{(found) => <Before key={`${found.organization.id} ${found.period}`} preview={found} />}</Loaded>
    </Panel>
  )
}

function Before({ preview }: { preview: Preview }) {
  const facts = [
    { term: '组织', value: `${preview.organizations} 个` },
    { term: '要求', value: `${preview.requirements} 项` },
    { term: '应办事项', value: `${preview.obligations} 件` },
    { term: '记录', value: `${preview.records} 条，其中期满后补记 ${preview.lateRecords} 条` },
    { term: '截至', value: preview.asOf },
  ]
  return (
    <>
      <Facts items={facts} />
      {preview.warnings.length > 0 && (
        <ul className="snapshot-warnings" aria-label="冻结之前请看">
          {preview.warnings.map((warning) => (
            <li key={warning.code}>{warning.code === 'not_over' ? warning.says : `有 ${warning.count} ${warning.says}`}</li>
          ))}
        </ul>
      )}
      {preview.standing ? (
        <p>
          这一期已经冻结。<Go to={snapshotAddress(preview.standing)}>打开这次冻结</Go>，可以复核，也可以写明理由重新冻结。
        </p>
      ) : (
        <Act preview={preview} />
      )}
    </>
  )
}

function Act({ preview }: { preview: Preview }) {
  const id = useId()
  const navigate = useNavigate()
  const [note, setNote] = useState('')
  const freeze = useSubmit(freezePeriod)
  const send = async () => {
    const body = { organization: preview.organization.id, period: preview.period, ...(note.trim() && { note: note.trim() }) }
    const made = await freeze.submit({ body })
    if (made) void navigate({ href: snapshotAddress(made.id) })
  }
  return (
    <div className="snapshot-act">
      <label htmlFor={id}>说明（可不填）</label>
      <Input
        id={id}
        value={note}
        maxLength={300}
        placeholder="如：年度考核用"
        onChange={(event) => setNote(event.target.value)}
      />
      {freeze.error !== null && <p role="alert">{sentenceOf(freeze.error)}</p>}
      <Button type="primary" loading={freeze.pending} onClick={() => void send()}>
        冻结{preview.organization.name}
        {periodInChinese(period(preview.period))}
      </Button>
    </div>
  )
}
