import { Go } from '../../../../ui/go.tsx'
import { Panel } from '../../../../ui/page.tsx'
import type { Weighing } from '../../data-requests/data-requests.contract.ts'

type Cost = Weighing['cost']

/** `84 个组织 × 4 次 × 25 分钟 = 140 小时（按起草人估计）`. */
export function costInWords({ recipients, rounds, minutesEach, hours, basis, measuredFrom }: Cost): string {
  const by = basis === 'measured' ? `按 ${measuredFrom} 次填报所用时间的中位数` : '按起草人估计'
  return `${recipients} 个组织 × ${rounds} 次 × ${minutesEach} 分钟 = ${hours} 小时（${by}）`
}

/** What a request would cost, and what keeps it from being published. */
export function WeighingPanel({ weighed }: { weighed: Weighing }) {
  return (
    <Panel title="代价">
      <p>{costInWords(weighed.cost)}</p>
      <p>
        发布后，本年度全部专项填报共 {weighed.yearHours} 小时；每个组织一年最多 {weighed.most} 次，上限 {weighed.ceiling} 次。
      </p>
      {weighed.problems.length === 0 ? (
        <p role="status">没有重复，也没有超过上限，可以发布。</p>
      ) : (
        <ul role="alert" className="request-problems">
          {weighed.problems.map((problem) => (
            <li key={problem.sentence}>
              {problem.sentence} {problem.link && <Go to={problem.link}>去看</Go>}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
