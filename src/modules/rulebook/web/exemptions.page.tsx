import { Button } from 'antd'
import { useState } from 'react'
import { inChinese } from '../../../kernel/time/civil-date.ts'
import { addressOf, call } from '../../../kernel/http/call.ts'
import { useAddress } from '../../../ui/address.ts'
import { ConfirmReason } from '../../../ui/confirm-reason.tsx'
import { Facts } from '../../../ui/facts.tsx'
import { Go, GoButton } from '../../../ui/go.tsx'
import { Page } from '../../../ui/page.tsx'
import { QueryTable } from '../../../ui/query-table.tsx'
import type { Column, Filter } from '../../../ui/query-table-shape.ts'
import { useAbility } from '../../../ui/session.tsx'
import { SplitView } from '../../../ui/split-view.tsx'
import { Loaded } from '../../../ui/states.tsx'
import { StatusTag, type Tone } from '../../../ui/status-tag.tsx'
import { useCall, useSubmit } from '../../../ui/use-call.ts'
import { organizationFilter } from '../../directory/web/index.ts'
import {
  type Exemption,
  exemptionStates,
  type ExemptionState,
  exportExemptions,
  grounds,
  listExemptions,
  revokeExemption,
  showExemption,
} from '../exemptions/exemptions.contract.ts'
import { listRequirements } from '../requirements/requirements.contract.ts'

const tones: Readonly<Record<ExemptionState, Tone>> = { in_force: 'exempt', future: 'pending', ended: 'none', revoked: 'none' }

/** What somebody is relieved of, in words. */
export const relievedOf = (one: Exemption): string => {
  if (one.requirement !== null) return `${one.requirement} ${one.title ?? ''}`.trim()
  return one.ground === 'other' ? '全部要求' : '列有这种情形的各条要求'
}

const columns: readonly Column<Exemption>[] = [
  { key: 'subject', title: '对象', fixed: true, wrap: true, cell: (one) => one.subject.name },
  { key: 'state', title: '状态', cell: (one) => <StatusTag tone={tones[one.state]}>{exemptionStates[one.state]}</StatusTag> },
  { key: 'ground', title: '情形', cell: (one) => grounds[one.ground].title },
  { key: 'requirement', title: '免哪些', wrap: true, cell: relievedOf },
  { key: 'from', title: '自', cell: (one) => one.from },
  { key: 'to', title: '至', cell: (one) => one.to },
  { key: 'organization', title: '组织', wrap: true, cell: (one) => one.organization.name, phone: 'none' },
  { key: 'decidedAt', title: '由哪里决定', cell: (one) => one.decidedAt ?? '－', phone: 'none' },
  { key: 'reason', title: '理由', wrap: true, cell: (one) => one.reason, extra: true, phone: 'none' },
]

const optionsOf = (titles: Readonly<Record<string, string>>) => Object.entries(titles).map(([value, label]) => ({ value, label }))

function useFilters(): readonly Filter[] {
  const rules = useCall(listRequirements, { query: {} })
  const codes = new Map((rules.data?.items ?? []).map((rule) => [rule.code, `${rule.code} ${rule.title}`]))
  const groundTitles = Object.fromEntries(Object.entries(grounds).map(([key, { title }]) => [key, title]))
  return [
    organizationFilter,
    { key: 'requirement', title: '要求', kind: 'select', width: 14, options: optionsOf(Object.fromEntries(codes)) },
    { key: 'ground', title: '情形', kind: 'select', width: 10, options: optionsOf(groundTitles) },
    { key: 'state', title: '状态', kind: 'select', width: 8, options: optionsOf(exemptionStates) },
  ]
}

const asked = ({ under, subject, requirement, ground, state }: Readonly<Record<string, string | undefined>>) =>
  ({ under, subject, requirement, ground, state }) as never

/** 豁免: who is relieved of what, why and until when. */
export function ExemptionsPage() {
  const [search, change] = useAddress()
  const mayDecide = useAbility('rulebook.exemption.grant_member')
  const filters = useFilters()
  const open = search.open ?? null
  const close = () => change({ open: undefined })
  return (
    <Page
      title="豁免"
      crumbs={[{ label: '应办事项', to: '/obligations' }]}
      actions={
        mayDecide && (
          <GoButton to="/exemptions/new" type="primary">
            决定豁免
          </GoButton>
        )
      }
    >
      <SplitView detail={open && <Beside key={open} id={open} />} detailTitle="豁免" onClose={close} width="half">
        <QueryTable<Exemption>
          name="exemptions"
          caption="豁免"
          columns={columns}
          filters={filters}
          rowKey={(one) => one.id}
          query={(values, after, signal) =>
            call(listExemptions, { query: { ...(asked(values) as object), limit: 100, ...(after && { after }) } }, { signal })
          }
          onOpen={(one) => change({ open: one.id })}
          onClose={close}
          selected={open}
          exportHref={(values) => addressOf(exportExemptions.path, { query: asked(values) })}
          empty={{ sentence: '没有豁免。年老体弱、重病的党员由支部决定，其余由上级决定，决定后列在这里。' }}
        />
      </SplitView>
    </Page>
  )
}

function Beside({ id }: { id: string }) {
  const found = useCall(showExemption, { params: { id } })
  return <Loaded query={found}>{(one) => <Detail one={one} />}</Loaded>
}

function Detail({ one }: { one: Exemption }) {
  const [revoking, setRevoking] = useState(false)
  const revoke = useSubmit(revokeExemption)
  const facts = [
    { term: '对象', value: one.subject.name },
    { term: '组织', value: one.organization.name },
    { term: '状态', value: <StatusTag tone={tones[one.state]}>{exemptionStates[one.state]}</StatusTag> },
    { term: '情形', value: grounds[one.ground].title },
    { term: '免哪些', value: relievedOf(one), wide: true },
    { term: '期限', value: `${inChinese(one.from)}至${inChinese(one.to)}`, wide: true },
    { term: '理由', value: one.reason, wide: true },
    { term: '由哪里决定', value: one.decidedAt ?? '－' },
    { term: '决定日期', value: one.decidedOn },
    ...(one.revokedFrom
      ? [
          { term: '撤销', value: `自${inChinese(one.revokedFrom)}起`, wide: true },
          { term: '撤销理由', value: one.revokeReason, wide: true },
        ]
      : []),
  ]
  return (
    <>
      <Facts items={facts} />
      {one.abilities.includes('revoke') && <Button onClick={() => setRevoking(true)}>撤销豁免</Button>}
      <p>
        <Go to={`/calendar?organization=${one.organization.id}`}>看{one.organization.name}的应办日历</Go>
      </p>
      <ConfirmReason
        open={revoking}
        title="撤销豁免"
        sentence="从今天起不再豁免；还没有到开始日的，整个撤销。此前已结束的各期不变。"
        reasonLabel="撤销的理由"
        onConfirm={async (reason) => {
          await revoke.send({ params: { id: one.id }, body: { reason } })
        }}
        onClose={() => setRevoking(false)}
      />
    </>
  )
}
