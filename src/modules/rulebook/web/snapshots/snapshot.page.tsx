import { Button } from 'antd'
import { useEffect, useState } from 'react'
import type { z } from 'zod'
import { addressOf } from '../../../../kernel/http/call.ts'
import { period, periodInChinese } from '../../../../kernel/time/period.ts'
import { useParam } from '../../../../ui/address.ts'
import { ConfirmReason } from '../../../../ui/confirm-reason.tsx'
import { Facts } from '../../../../ui/facts.tsx'
import { Go, GoButton } from '../../../../ui/go.tsx'
import { Page, Panel } from '../../../../ui/page.tsx'
import { Progress } from '../../../../ui/progress.tsx'
import { Loaded } from '../../../../ui/states.tsx'
import { StatusTag } from '../../../../ui/status-tag.tsx'
import { useCall, useSubmit } from '../../../../ui/use-call.ts'
import { downloadSnapshot, showSnapshot, supersedeSnapshot } from '../../snapshots/snapshots.contract.ts'
import { cockpitAddress } from '../addresses.rules.ts'
import { DifferencesPanel } from './differences-panel.tsx'
import { ReplayPanel } from './replay-panel.tsx'
import { SealPanel } from './seal-panel.tsx'
import './snapshots.css'
import { sizeInWords, snapshotAddress, standingOf } from './snapshot-words.rules.ts'

export type Shown = z.output<(typeof showSnapshot)['reply']>

/** One frozen period: its seal, its replay, what changed since. */
export function SnapshotPage() {
  const id = useParam('id')
  const read = useCall(showSnapshot, { params: { id } })
  const { refetch } = read
  const freezing = read.data?.state === 'freezing'
  useEffect(() => {
    if (!freezing) return
    const timer = setInterval(() => void refetch(), 1_500)
    return () => clearInterval(timer)
  }, [freezing, refetch])
  const title = read.data ? `${read.data.organization.name}${periodInChinese(period(read.data.period))}冻结` : '冻结'
  return (
    <Page
      title={title}
      crumbs={[
        { label: '驾驶舱', to: '/cockpit' },
        { label: '冻结与复核', to: '/cockpit/frozen' },
      ]}
      actions={read.data && <Acts snapshot={read.data} />}
    >
      <Loaded query={read}>{(snapshot) => <Body key={snapshot.id} snapshot={snapshot} />}</Loaded>
    </Page>
  )
}

function Acts({ snapshot }: { snapshot: Shown }) {
  const [asked, setAsked] = useState(false)
  const supersede = useSubmit(supersedeSnapshot)
  const may = (act: Shown['abilities'][number]) => snapshot.abilities.includes(act)
  return (
    <>
      <GoButton to={cockpitAddress({ organization: snapshot.organization.id, period: snapshot.period })}>看现在的数字</GoButton>
      {may('download') && (
        <Button href={addressOf(downloadSnapshot.path, { params: { id: snapshot.id } })} download>
          下载文件
        </Button>
      )}
      {may('supersede') && <Button onClick={() => setAsked(true)}>重新冻结</Button>}
      <ConfirmReason
        open={asked}
        title="重新冻结"
        sentence="会按现在的事实和规则另存一次冻结，并指明取代的是这一次。这一次照样保留，不能解冻。"
        onConfirm={async (reason) => {
          const made = await supersede.send({ params: { id: snapshot.id }, body: { reason } })
          window.location.assign(snapshotAddress(made.id))
        }}
        onClose={() => setAsked(false)}
      />
    </>
  )
}

function Body({ snapshot }: { snapshot: Shown }) {
  if (snapshot.state === 'freezing') {
    return (
      <Panel title="正在冻结">
        <Progress label="正在写入事实、规则和结果" done={0} total={null} note="可以离开这一页，办完后在“冻结与复核”里看得到。" />
      </Panel>
    )
  }
  if (snapshot.state === 'failed') {
    return (
      <Panel title="没有冻结成">
        <p>{snapshot.failure}</p>
        <GoButton to="/cockpit/frozen">回到冻结与复核</GoButton>
      </Panel>
    )
  }
  return (
    <>
      <Panel title="这次冻结">
        <Facts items={factsOf(snapshot)} />
      </Panel>
      <ReplayPanel snapshot={snapshot} />
      <DifferencesPanel snapshot={snapshot} />
      <SealPanel snapshot={snapshot} />
    </>
  )
}

const moment = new Intl.DateTimeFormat('zh-CN', { dateStyle: 'long', timeStyle: 'short', timeZone: 'Asia/Shanghai' })

function factsOf(snapshot: Shown) {
  const standing = standingOf(snapshot)
  return [
    {
      term: '状态',
      value: (
        <>
          <StatusTag tone={standing.tone}>{standing.word}</StatusTag>{' '}
          {snapshot.supersededBy && <Go to={snapshotAddress(snapshot.supersededBy)}>看取代它的冻结</Go>}
        </>
      ),
    },
    { term: '截至', value: snapshot.asOf },
    { term: '冻结时间', value: snapshot.frozenAt && moment.format(new Date(snapshot.frozenAt)) },
    { term: '冻结人', value: snapshot.requestedBy },
    { term: '文件', value: snapshot.bytes === null ? null : sizeInWords(snapshot.bytes) },
    { term: '说明', value: snapshot.note },
    ...(snapshot.supersedes
      ? [
          {
            term: '取代',
            value: (
              <span className="snapshot-record">
                <Go to={snapshotAddress(snapshot.supersedes.id)}>前一次冻结</Go>，理由：{snapshot.supersedes.reason}
              </span>
            ),
            wide: true,
          },
        ]
      : []),
  ]
}
