import { Button, InputNumber } from 'antd'
import { useState } from 'react'
import type { z } from 'zod'
import { inChinese } from '../../../kernel/time/civil-date.ts'
import { useAddress } from '../../../ui/address.ts'
import { ConfirmReason } from '../../../ui/confirm-reason.tsx'
import { Go } from '../../../ui/go.tsx'
import { Page, Panel } from '../../../ui/page.tsx'
import { usePhone } from '../../../ui/screen.ts'
import { useSession } from '../../../ui/session.tsx'
import { Empty, Loaded } from '../../../ui/states.tsx'
import { useCall, useSubmit } from '../../../ui/use-call.ts'
import { decideStanding, standing } from '../standing/standing.contract.ts'
import { cockpitAddress, whyAddress } from './addresses.rules.ts'
import { figureSentence } from './figures.rules.ts'
import { FigureViews } from './figure-views.tsx'

type StandingYear = z.output<(typeof standing)['reply']>
type Line = StandingYear['lines'][number]

const percent = (share: number) => `${(share * 100).toFixed(1)}%`

function yearIn(period: string | undefined, today: string): number {
  const year = Number((period ?? today).slice(0, 4))
  return Number.isInteger(year) && year >= 2019 && year <= 2045 ? year : Number(today.slice(0, 4))
}

/** The standing of one organization in a year with all its arithmetic, where the city makes use of it. */
export function StandingPage() {
  const { today } = useSession()
  const [search, change] = useAddress()
  const year = yearIn(search.period, today)
  const place = search.organization && { organization: search.organization }
  const read = useCall(standing, { query: { year, ...place } })
  return (
    <Page
      title={read.data ? `${read.data.organization.name}年度履责` : '年度履责'}
      crumbs={[{ label: '驾驶舱', to: cockpitAddress({ period: `${year}`, ...place }) }]}
      bar={
        <>
          <FigureViews current="standing" organization={search.organization} period={`${year}`} />
          <InputNumber
            aria-label="年度"
            value={year}
            min={2019}
            max={Number(today.slice(0, 4))}
            addonAfter="年"
            onChange={(next) => next && change({ period: `${next}` })}
          />
        </>
      }
      actions={read.data?.abilities.includes('decide') && <Decide page={read.data} />}
    >
      <Loaded query={read}>{(page) => (page.inUse ? <Arithmetic page={page} /> : <NotInUse page={page} />)}</Loaded>
    </Page>
  )
}

function Decide({ page }: { page: StandingYear }) {
  const [asked, setAsked] = useState(false)
  const decide = useSubmit(decideStanding)
  const title = page.inUse ? '停用年度履责' : '采用年度履责'
  return (
    <>
      <Button onClick={() => setAsked(true)}>{title}</Button>
      <ConfirmReason
        open={asked}
        title={title}
        sentence={
          page.inUse
            ? '停用后各组织不再看到年度履责，已记录的事实和其他数字不变。'
            : '采用后各级能看到自己和下级组织的年度履责及全部算式。只对组织，不对个人。'
        }
        onConfirm={(reason) => decide.send({ body: { inUse: !page.inUse, reason } })}
        onClose={() => setAsked(false)}
      />
    </>
  )
}

function NotInUse({ page }: { page: StandingYear }) {
  const said = page.decided ? `${inChinese(page.decided.on)}决定不采用：${page.decided.reason}` : '工委还没有决定采用。'
  return <Empty sentence={`本市没有采用年度履责，这里不计算。${said}`} />
}

function Arithmetic({ page }: { page: StandingYear }) {
  const phone = usePhone()
  const decided = page.decided && <small>{`${inChinese(page.decided.on)}决定采用：${page.decided.reason}`}</small>
  return (
    <>
      <Panel title="算出来是多少">
        <p className="figure-said">
          {page.standing === null ? (
            '这一年没有已到期的“应当”类事项，不计算。'
          ) : (
            <>
              {page.year} 年履责情况 <b>{percent(page.standing)}</b>，适用要求的权重合计 {page.weightApplying}
            </>
          )}
          <small>{page.formula}</small>
          {decided}
        </p>
      </Panel>
      {page.lines.length > 0 && (
        <Panel title="怎么算的" note="一行一条要求；计入率乘以所占比重，加起来就是上面的数" flush={!phone}>
          {phone ? <Stack page={page} /> : <Table page={page} />}
        </Panel>
      )}
    </>
  )
}

const whyOf = (page: StandingYear, line: Line) =>
  whyAddress({ organization: page.organization.id, period: `${page.year}`, requirement: line.requirement })

const creditOf = (line: Line) => (line.credit === null ? '不适用' : percent(line.credit))
const addsOf = (line: Line) => (line.credit === null ? '·' : percent(line.credit * line.share))

function Stack({ page }: { page: StandingYear }) {
  return (
    <ul className="figure-stack">
      {page.lines.map((line) => (
        <li key={line.requirement}>
          <Go to={whyOf(page, line)}>
            {line.requirement} {line.title}
          </Go>
          <small>{figureSentence(line.counts)}</small>
          计入率 {creditOf(line)} × 比重 {percent(line.share)} = {addsOf(line)}
        </li>
      ))}
    </ul>
  )
}

function Table({ page }: { page: StandingYear }) {
  return (
    <table className="figure-lines" aria-label="年度履责的算式">
      <thead>
        <tr>
          {['要求', '各状态', '迟办计入', '计入率', '权重', '所占比重', '计入'].map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {page.lines.map((line) => (
          <tr key={line.requirement}>
            <th scope="row">
              <Go to={whyOf(page, line)}>
                {line.requirement} {line.title}
              </Go>
            </th>
            <td>{figureSentence(line.counts)}</td>
            <td className="figure-number">{line.lateCredits.join('、')}</td>
            <td className="figure-number">{creditOf(line)}</td>
            <td className="figure-number">{line.weight}</td>
            <td className="figure-number">{percent(line.share)}</td>
            <td className="figure-number">{addsOf(line)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" colSpan={5}>
            合计
          </th>
          <td className="figure-number">100.0%</td>
          <td className="figure-number">{page.standing === null ? '·' : percent(page.standing)}</td>
        </tr>
      </tfoot>
    </table>
  )
}
