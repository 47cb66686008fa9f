import { inChinese } from '../../../kernel/time/civil-date.ts'
import { useMemo } from 'react'
import { useAddress, useParam } from '../../../ui/address.ts'
import { Page, Panel } from '../../../ui/page.tsx'
import type { Filter } from '../../../ui/query-table-shape.ts'
import { FilterLine } from '../../../ui/query-table-filters.tsx'
import { usePhone } from '../../../ui/screen.ts'
import { useSession } from '../../../ui/session.tsx'
import { SplitView } from '../../../ui/split-view.tsx'
import { Empty, Loaded } from '../../../ui/states.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import { useCall } from '../../../ui/use-call.ts'
import { documentKindTitles } from '../documents/rulebook-file.contract.ts'
import { dimensions, strengths } from '../obligations/obligations.contract.ts'
import { listClauses, listRequirements, listRulebooks } from '../requirements/requirements.contract.ts'
import { showCoverage } from '../requirements/coverage.contract.ts'
import { DocumentActs } from './document-acts.tsx'
import { RuleDetail } from './rule-detail.tsx'
import './rules.css'
import { RulesTabs } from './rules-tabs.tsx'
import { type ClauseShown, type DocumentShown, rulesShown, type ShownRequirement } from './rules-shown.rules.ts'

const optionsOf = (titles: Readonly<Record<string, string>>) => Object.entries(titles).map(([value, label]) => ({ value, label }))

/** Documents, their clauses, the requirements drawn from them; one of them beside the list. */
export function RulesPage() {
  const documents = useCall(listRulebooks, {})
  const clauses = useCall(listClauses, { query: {} })
  const requirements = useCall(listRequirements, { query: {} })
  return (
    <Page title="制度" bar={<RulesTabs now="rules" />} note="条文为转述，以原文为准">
      <Loaded query={documents}>
        {(books) => (
          <Loaded query={clauses}>
            {(lines) => (
              <Loaded query={requirements}>
                {(rules) => <Rules documents={books.items} clauses={lines.items} requirements={rules.items} />}
              </Loaded>
            )}
          </Loaded>
        )}
      </Loaded>
    </Page>
  )
}

type All = Parameters<typeof rulesShown>[0]

function Rules(props: All) {
  const [search, change] = useAddress()
  const phone = usePhone()
  const { today } = useSession()
  const inPath = useParam('code')
  const code = search.rule === 'none' ? '' : (search.rule ?? inPath)
  const coverage = useCall(showCoverage, { query: {} })
  const live = useMemo(
    () =>
      new Map(
        (coverage.data?.items ?? []).flatMap((line) => line.requirements.map((one) => [one.code, one.dataSource] as const)),
      ),
    [coverage.data],
  )
  const shown = useMemo(() => rulesShown({ ...props, live }, search, today), [props, live, search, today])
  const versions = props.requirements.filter((line) => line.code === code)
  const select = (rule: string) => change({ rule: rule || (inPath ? 'none' : undefined) })
  return (
    <SplitView
      width="half"
      detail={code ? <RuleDetail key={code} code={code} versions={versions} clauses={props.clauses} /> : null}
      detailTitle={`${code} ${versions.at(-1)?.title ?? ''}`}
      onClose={() => select('')}
    >
      <div className="rules-filters">
        <FilterLine filters={filtersFor(props)} values={search} phone={phone} onChange={change} />
      </div>
      {shown.length === 0 && <Empty sentence="没有符合条件的条文或要求。请放宽筛选条件。" />}
      <div className="rules-documents">
        {shown.map((one) => (
          <Document key={one.document.code} shown={one} selected={code} onSelect={select} />
        ))}
      </div>
    </SplitView>
  )
}

const filtersFor = (all: All): readonly Filter[] => [
  { key: 'text', title: '条文、要求、主体', kind: 'text', width: 14 },
  {
    key: 'rulebook',
    title: '制度文件',
    kind: 'select',
    width: 14,
    options: all.documents.map(({ code, title }) => ({ value: code, label: title })),
  },
  { key: 'dimension', title: '维度', kind: 'select', width: 8, options: optionsOf(dimensions) },
  { key: 'strength', title: '约束', kind: 'select', width: 7, options: optionsOf(strengths) },
  { key: 'enabled', title: '是否启用', kind: 'select', width: 8, options: optionsOf({ on: '已启用', off: '未启用' }) },
  { key: 'data', title: '数据来源', kind: 'select', width: 9, options: optionsOf({ live: '有数据', none: '还没有数据' }) },
  { key: 'clauses', title: '条文范围', kind: 'select', width: 10, options: optionsOf({ all: '含没有要求的条文' }) },
]

interface DocumentProps {
  readonly shown: DocumentShown
  readonly selected: string
  readonly onSelect: (code: string) => void
}

function Document(props: DocumentProps) {
  const { document, clauses } = props.shown
  const kind = (documentKindTitles as Readonly<Record<string, string>>)[document.kind] ?? document.kind
  return (
    <Panel
      title={`《${document.title}》`}
      note={`${document.issuer} · ${kind} · ${inChinese(document.issuedOn)}印发 · ${inChinese(document.from)}起施行${document.to ? `、${inChinese(document.to)}起失效` : ''} · ${document.clauses} 条条文`}
      actions={<DocumentActs document={document} />}
      flush
    >
      <table className="rules-table" aria-label={document.title}>
        <thead>
          <tr>
            <th scope="col">条文</th>
            <th scope="col">要求</th>
            <th scope="col">约束谁</th>
            <th scope="col">周期和目标</th>
            <th scope="col">状态</th>
          </tr>
        </thead>
        <tbody>
          {clauses.map((one) => (
            <Clause key={one.clause.code} {...props} one={one} />
          ))}
        </tbody>
      </table>
    </Panel>
  )
}

function Clause(props: DocumentProps & { one: ClauseShown }) {
  const { clause, requirements } = props.one
  const head = (
    <th scope="rowgroup" rowSpan={Math.max(1, requirements.length)}>
      {clause.code} {clause.title}
      <p className="rules-gist">{clause.gist}</p>
    </th>
  )
  if (requirements.length === 0) {
    return (
      <tr>
        {head}
        <td colSpan={4} className="rules-muted">
          没有从这一条定出要求
        </td>
      </tr>
    )
  }
  return (
    <>
      {requirements.map((line, at) => (
        <tr key={line.code} data-selected={line.code === props.selected || undefined}>
          {at === 0 && head}
          <Requirement line={line} selected={line.code === props.selected} onSelect={props.onSelect} />
        </tr>
      ))}
    </>
  )
}

/** Green only with live data behind it. */
function Standing({ line }: { line: ShownRequirement }) {
  if (!line.enabled) return <StatusTag tone="none">未启用</StatusTag>
  if (line.data === 'none') return <StatusTag tone="missing">{strengths[line.strength]}，没有数据</StatusTag>
  return <StatusTag tone={line.strength === 'hard' ? 'done' : 'pending'}>{strengths[line.strength]}</StatusTag>
}

function Requirement(props: { line: ShownRequirement; selected: boolean; onSelect: (code: string) => void }) {
  const { line } = props
  return (
    <>
      <td data-title="要求">
        <button
          type="button"
          className="rules-open"
          aria-expanded={props.selected}
          onClick={() => props.onSelect(props.selected ? '' : line.code)}
        >
          {line.code} {line.title}
        </button>
      </td>
      <td data-title="约束谁">{line.subject}</td>
      <td data-title="周期和目标">
        {line.cadence}，{line.target}
      </td>
      <td data-title="状态">
        <Standing line={line} />
      </td>
    </>
  )
}
