import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { useAddress } from '../../../ui/address.ts'
import { Go } from '../../../ui/go.tsx'
import { Page, Panel } from '../../../ui/page.tsx'
import { Empty, Loaded } from '../../../ui/states.tsx'
import { useCall } from '../../../ui/use-call.ts'
import { type FoundRecord, searchRecords } from '../search/search.contract.ts'
import { marked } from './search-marks.rules.ts'
import './due.css'
import './search.css'

/** 查找: everything the reader may see, by its words; what is asked stands in the address. */
export function SearchPage() {
  const [address, change] = useAddress()
  const text = address['text'] ?? ''
  const kind = address['kind']
  return (
    <Page title="查找" narrow>
      <Asked key={text} text={text} onAsked={(asked) => change({ text: asked || undefined, after: undefined })} />
      {[...text.trim()].length < 2 ? (
        <Empty sentence="输入两个以上的字查找会议、纪实、培训、督办和人员；几个词用空格隔开，都要出现。只会找到您看得到的。" />
      ) : (
        <Results text={text} kind={kind} after={address['after']} change={change} />
      )}
    </Page>
  )
}

function Asked(props: { text: string; onAsked: (text: string) => void }) {
  const [text, setText] = useState(props.text)
  return (
    <form
      role="search"
      className="search-asked"
      onSubmit={(event) => {
        event.preventDefault()
        props.onAsked(text.trim())
      }}
    >
      <Input
        autoFocus
        allowClear
        aria-label="查找什么"
        maxLength={100}
        placeholder="两个以上的字，如：主题党日 防汛"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Button type="primary" htmlType="submit">
        查找
      </Button>
    </form>
  )
}

interface Shown {
  readonly text: string
  readonly kind: string | undefined
  readonly after: string | undefined
  readonly change: (to: Record<string, string | undefined>) => void
}

function Results({ text, kind, after, change }: Shown) {
  const found = useCall(
    searchRecords,
    { query: { text, ...(kind && { kind }), ...(after && { after }) } },
    { keepPrevious: true },
  )
  return (
    <Loaded query={found}>
      {({ items, kinds, next, words }) => (
        <Panel
          title={kind ? (kinds.find((one) => one.kind === kind)?.noun ?? '这一种') : '全部'}
          note={after ? '较早的' : '新的在前'}
          flush
          actions={
            <Select
              aria-label="种类"
              style={{ minWidth: 140 }}
              value={kind ?? ''}
              onChange={(chosen) => change({ kind: chosen || undefined, after: undefined })}
              options={[{ value: '', label: '全部种类' }, ...kinds.map((one) => ({ value: one.kind, label: one.noun }))]}
            />
          }
        >
          {items.length === 0 ? (
            <Empty sentence={`没有找到“${text}”。请换个说法，或少写几个字；别处的记录您看不到，也不会出现在这里。`} />
          ) : (
            <ul className="due-lines">
              {items.map((item) => (
                <Line key={`${item.kind}-${item.id}`} item={item} words={words} />
              ))}
            </ul>
          )}
          {(next || after) && (
            <div className="search-more">
              {after && <Button onClick={() => change({ after: undefined })}>回到最新</Button>}
              {next && <Button onClick={() => change({ after: next })}>看更早的</Button>}
            </div>
          )}
        </Panel>
      )}
    </Loaded>
  )
}

function Line({ item, words }: { item: FoundRecord; words: readonly string[] }) {
  return (
    <li className="due-line">
      <div className="due-what">
        <span className="search-kind">{item.noun}</span>
        <Go to={item.link}>
          <Marked text={item.title} words={words} />
        </Go>
        <span className="due-meta">
          {item.happenedOn}
          {item.organization && item.organization !== item.title ? ` · ${item.organization}` : ''}
        </span>
        {item.around && (
          <span className="search-around">
            …<Marked text={item.around} words={words} />…
          </span>
        )}
      </div>
    </li>
  )
}

function Marked({ text, words }: { text: string; words: readonly string[] }) {
  return marked(text, words).map(({ part, hit }, at) => (hit ? <mark key={at}>{part}</mark> : part))
}
