import { Button } from 'antd'
import { useMemo } from 'react'
import { addressOf } from '../../../kernel/http/call.ts'
import { useAddress } from '../../../ui/address.ts'
import { Go } from '../../../ui/go.tsx'
import { Figure, Page, Panel, PanelRow } from '../../../ui/page.tsx'
import { FilterLine } from '../../../ui/query-table-filters.tsx'
import type { Filter } from '../../../ui/query-table-shape.ts'
import { usePhone } from '../../../ui/screen.ts'
import { Empty, Loaded } from '../../../ui/states.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import { useCall } from '../../../ui/use-call.ts'
import { dimensionTitles } from '../documents/rulebook-file.contract.ts'
import { strengths } from '../obligations/obligations.contract.ts'
import { type CoverageLine, exportCoverage, holeKinds, showCoverage } from '../requirements/coverage.contract.ts'
import { listRulebooks } from '../requirements/requirements.contract.ts'
import { coverageShown, coverageSums, isHole } from './coverage-shown.rules.ts'
import { optionsOf } from './drafts/choices.rules.ts'
import { RulesTabs } from './rules-tabs.tsx'
import './rules.css'

type Books = readonly { code: string; title: string }[]

/** Every clause, what it is counted by, and where nothing is: a hole never looks like something done. */
export function CoveragePage() {
  const [search] = useAddress()
  const read = useCall(showCoverage, { query: {} })
  const books = useCall(listRulebooks, {})
  const query = { ...(search.rulebook && { rulebook: search.rulebook }) }
  return (
    <Page
      title="覆盖情况"
      bar={<RulesTabs now="coverage" />}
      actions={
        <Button href={addressOf(exportCoverage.path, { query })} download>
          导出
        </Button>
      }
    >
      <Loaded query={books}>
        {(held) => <Loaded query={read}>{(found) => <Coverage lines={found.items} books={held.items} />}</Loaded>}
      </Loaded>
    </Page>
  )
}

const shows = { holes: '只看空缺', live: '只看有数据的' } as const

function Coverage({ lines, books }: { lines: readonly CoverageLine[]; books: Books }) {
  const [search, change] = useAddress()
  const phone = usePhone()
  const filters: readonly Filter[] = [
    { key: 'text', title: '条文、要求、计量', kind: 'text', width: 14 },
    {
      key: 'rulebook',
      title: '制度文件',
      kind: 'select',
      width: 18,
      options: books.map(({ code, title }) => ({ value: code, label: title })),
    },
    { key: 'dimension', title: '维度', kind: 'select', width: 8, options: optionsOf(dimensionTitles) },
    { key: 'show', title: '空缺', kind: 'select', width: 9, options: optionsOf(shows) },
  ]
  const shown = useMemo(() => coverageShown(lines, search), [lines, search])
  const inBook = useMemo(
    () => coverageShown(lines, { rulebook: search.rulebook, dimension: search.dimension }),
    [lines, search.rulebook, search.dimension],
  )
  return (
    <>
      <Sums lines={inBook} />
      <div className="rules-filters">
        <FilterLine filters={filters} values={search} phone={phone} onChange={change} />
      </div>
      {shown.length === 0 && <Empty sentence={search.show === 'holes' ? '没有空缺。' : '没有符合条件的条款。请放宽筛选条件。'} />}
      <div className="rules-documents">
        {books
          .map((book) => ({ book, own: shown.filter((line) => line.rulebook === book.code) }))
          .filter(({ own }) => own.length > 0)
          .map(({ book, own }) => (
            <Document key={book.code} book={book} shown={own} all={lines.filter((line) => line.rulebook === book.code)} />
          ))}
      </div>
    </>
  )
}

function Sums({ lines }: { lines: readonly CoverageLine[] }) {
  const sums = coverageSums(lines)
  const countable = sums.total - sums.uncounted
  return (
    <PanelRow>
      <Figure title="有数据的条款" value={`${sums.live} / ${countable}`} words={`另有 ${sums.uncounted} 条不宜计数`} />
      {(['hole', 'awaits_module', 'switched_off', 'not_yet', 'ended'] as const).map((why) =>
        (sums.holes[why] ?? 0) > 0 ? (
          <Figure key={why} title={holeKinds[why]} value={sums.holes[why]} words="条" alarm={why === 'hole'} />
        ) : null,
      )}
    </PanelRow>
  )
}

function Document(props: { book: Books[number]; shown: readonly CoverageLine[]; all: readonly CoverageLine[] }) {
  const sums = coverageSums(props.all)
  return (
    <Panel
      title={`《${props.book.title}》`}
      note={`${sums.live} / ${sums.total - sums.uncounted} 条有数据；${sums.uncounted} 条不宜计数`}
      flush
    >
      <table className="rules-table" aria-label={props.book.title}>
        <thead>
          <tr>
            <th scope="col">条款</th>
            <th scope="col">数据</th>
            <th scope="col">要求</th>
            <th scope="col">数什么</th>
            <th scope="col">近十二个月的记录</th>
          </tr>
        </thead>
        <tbody>
          {props.shown.map((line) => (
            <Clause key={line.code} line={line} />
          ))}
        </tbody>
      </table>
    </Panel>
  )
}

function SourceTag({ line }: { line: CoverageLine }) {
  if (line.dataSource === 'live') return <StatusTag tone="done">有数据</StatusTag>
  const why = line.why ?? 'hole'
  return <StatusTag tone={why === 'hole' ? 'short' : isHole(line) ? 'missing' : 'none'}>{holeKinds[why]}</StatusTag>
}

function Clause({ line }: { line: CoverageLine }) {
  const rows = Math.max(1, line.requirements.length)
  const head = (
    <>
      <th scope="rowgroup" rowSpan={rows}>
        {line.code} {line.title} {line.article && <span className="rules-muted">{line.article}</span>}
        <p className="rules-gist">{line.gist}</p>
      </th>
      <td rowSpan={rows} data-title="数据">
        <SourceTag line={line} />
        {line.reason && <p className="rules-gist">{line.reason}</p>}
      </td>
    </>
  )
  if (line.requirements.length === 0) {
    return (
      <tr>
        {head}
        <td colSpan={3} className="rules-muted">
          没有要求
        </td>
      </tr>
    )
  }
  return (
    <>
      {line.requirements.map((one, at) => (
        <tr key={`${one.rulebook} ${one.code}`}>
          {at === 0 && head}
          <td data-title="要求">
            <Go to={`/rules/${encodeURIComponent(one.code)}`}>
              {one.code} {one.title}
            </Go>{' '}
            <span className="rules-muted">{strengths[one.strength]}</span>
            {one.why && line.requirements.length > 1 && (
              <p className="rules-gist">
                {holeKinds[one.why]}
                {one.reason && `：${one.reason}`}
              </p>
            )}
          </td>
          <td data-title="数什么">
            {one.measure.title === one.measure.name ? <span className="rules-muted">还没有能数它的计量</span> : one.measure.title}
          </td>
          <td data-title="近十二个月的记录">{one.dataSource === 'live' ? `${one.records} 条` : '－'}</td>
        </tr>
      ))}
    </>
  )
}
