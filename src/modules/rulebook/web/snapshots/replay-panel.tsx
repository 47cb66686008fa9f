import { Button } from 'antd'
import { useEffect } from 'react'
import type { z } from 'zod'
import { showJob } from '../../../../kernel/jobs/jobs.contract.ts'
import { Facts } from '../../../../ui/facts.tsx'
import { Panel } from '../../../../ui/page.tsx'
import { Progress } from '../../../../ui/progress.tsx'
import { Loaded, sentenceOf } from '../../../../ui/states.tsx'
import { StatusTag } from '../../../../ui/status-tag.tsx'
import { useCall, useSubmit } from '../../../../ui/use-call.ts'
import type { ReplayFound } from '../../snapshots/replay.contract.ts'
import { showReplay, startReplay } from '../../snapshots/snapshots.contract.ts'
import type { Shown } from './snapshot.page.tsx'
import { partTitle, replayStanding } from './snapshot-words.rules.ts'

type Replay = z.output<(typeof showReplay)['reply']>
const moment = new Intl.DateTimeFormat('zh-CN', { dateStyle: 'long', timeStyle: 'short', timeZone: 'Asia/Shanghai' })

/** Recomputing from the frozen file alone, and what came of it. */
export function ReplayPanel({ snapshot }: { snapshot: Shown }) {
  const read = useCall(showReplay, { params: { id: snapshot.id }, query: {} })
  const { refetch } = read
  const running = read.data?.state === 'running'
  useEffect(() => {
    if (!running) return
    const timer = setInterval(() => void refetch(), 1_500)
    return () => clearInterval(timer)
  }, [running, refetch])
  return (
    <Panel title="复核" note="只用冻结文件，在空库中重算，与冻结结果逐字节比对">
      <Loaded query={read}>{(replay) => <Result replay={replay} />}</Loaded>
      {snapshot.abilities.includes('replay') && !running && <Start id={snapshot.id} onStarted={() => void refetch()} />}
    </Panel>
  )
}

function Start(props: { id: string; onStarted: () => void }) {
  const start = useSubmit(startReplay)
  return (
    <>
      {start.error !== null && <p role="alert">{sentenceOf(start.error)}</p>}
      <Button
        loading={start.pending}
        onClick={() => void start.submit({ params: { id: props.id }, body: {} }).then((made) => made && props.onStarted())}
      >
        再复核一次
      </Button>
    </>
  )
}

function Result({ replay }: { replay: Replay }) {
  if (replay.state === 'running') return <Running job={replay.job} />
  if (replay.state === 'none') return <p>还没有复核过。</p>
  if (!replay.result) return <p>这次复核没有办成，请再复核一次；仍不成请联系系统管理员。</p>
  const standing = replayStanding({ state: replay.state, outcome: replay.result.outcome })
  return (
    <>
      <p className="snapshot-said" role="status">
        <StatusTag tone={standing.tone}>{standing.word}</StatusTag> {replay.result.says}
      </p>
      {replay.endedAt && <p>复核时间：{moment.format(new Date(replay.endedAt))}</p>}
      <Compared result={replay.result} />
    </>
  )
}

function Running({ job }: { job: string | null }) {
  const read = useCall(showJob, job === null ? null : { params: { id: job } })
  const { refetch } = read
  useEffect(() => {
    const timer = setInterval(() => void refetch(), 1_500)
    return () => clearInterval(timer)
  }, [refetch])
  return (
    <Progress
      label={read.data?.message ?? '正在空库中重算'}
      done={read.data?.done ?? 0}
      total={read.data?.total ?? null}
      note="可以离开这一页，办完后再来看结果。"
    />
  )
}

function Compared({ result }: { result: ReplayFound }) {
  const { difference } = result
  return (
    <>
      {result.parts.length > 0 && (
        <p>
          比对了 {result.rows} 行：{result.parts.map((part) => `${partTitle(part.name)} ${part.rows} 行`).join('、')}。
        </p>
      )}
      {difference && (
        <Facts
          items={[
            { term: '第一处不同', value: `${partTitle(difference.part)}第 ${difference.row} 行` },
            { term: '冻结时', value: <span className="snapshot-code">{difference.frozen ?? '没有这一行'}</span>, wide: true },
            { term: '重算得', value: <span className="snapshot-code">{difference.replayed ?? '没有这一行'}</span>, wide: true },
          ]}
        />
      )}
      {result.versions.length > 0 && (
        <details className="snapshot-fold">
          <summary>与冻结时的程序有 {result.versions.length} 处不同</summary>
          <ul>
            {result.versions.map((version) => (
              <li key={`${version.kind} ${version.name} ${version.frozen}`}>{version.says}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}
