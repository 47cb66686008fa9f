import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import { useId, useState } from 'react'
import { attemptKey } from '../../../kernel/http/call.ts'
import { ChoiceChips } from '../../../ui/choice-chips.tsx'
import { agendaCategories, type AgendaCategory } from '../meetings/meetings.contract.ts'
import { agendaWarnings } from '../meetings/meetings.rules.ts'
import type { Entry } from './meeting-entry.client.ts'
import { doubtfulTheory } from './meeting-theory.rules.ts'
import { type AgendaLine, keyed, moved, theoryFirst } from './meeting-entry.rules.ts'

const categories = Object.entries(agendaCategories).map(([value, label]) => ({ value, label }))

/** 议程 in order; the first item and its category decide 首要学习制 (D1.2), so a wrong one is told at once. */
export function AgendaPart(props: { entry: Entry; faults: ReadonlyMap<string, string> }) {
  const { entry } = props
  const { agenda, kinds } = entry.value
  const id = useId()
  const [open, setOpen] = useState<string | null>(null)
  const [confirmed, setConfirmed] = useState<string | null>(null)
  const set = (next: readonly AgendaLine[]) => entry.change({ agenda: next })
  const replace = (key: string, part: Partial<AgendaLine>) =>
    set(agenda.map((line) => (line.key === key ? { ...line, ...part } : line)))
  const add = () => {
    const key = attemptKey()
    set([...agenda, { key, title: '', category: 'party_affairs' }])
    requestAnimationFrame(() => document.getElementById(`${id}-${key}`)?.focus())
  }
  const last = entry.form.lastAgenda
  return (
    <section className="meeting-part" aria-label="议程">
      <h2>
        议程 <small>第一项：{agenda[0] ? agendaCategories[agenda[0].category] : '还没有写'}</small>
        {last.length > 0 && (
          <Button type="link" size="small" style={{ marginLeft: 'auto' }} onClick={() => set(keyed(last, attemptKey()))}>
            用上次议程
          </Button>
        )}
      </h2>
      {agendaWarnings(kinds, agenda[0]?.category).map((warning) => (
        <div key={warning.code} className="meeting-warn" role="status">
          <span>{warning.message}</span>
          <Button size="small" onClick={() => set(theoryFirst(agenda, attemptKey()))}>
            把理论学习放到第一项
          </Button>
        </div>
      ))}
      <ol className="meeting-agenda">
        {agenda.map((line, at) => (
          <li key={line.key}>
            <div className="meeting-item">
              <b aria-hidden="true">{at + 1}</b>
              <Input
                id={`${id}-${line.key}`}
                variant="borderless"
                aria-label={`第 ${at + 1} 项议题`}
                placeholder="写明议题"
                maxLength={200}
                value={line.title}
                aria-invalid={props.faults.has(`agenda.${at}.title`)}
                onChange={(event) => replace(line.key, { title: event.target.value })}
              />
              <button
                type="button"
                className={`meeting-category${line.category === 'political_theory' ? ' theory' : ''}`}
                aria-expanded={open === line.key}
                aria-label={`第 ${at + 1} 项：${agendaCategories[line.category]}，改类别或次序`}
                onClick={() => setOpen(open === line.key ? null : line.key)}
              >
                <span>{agendaCategories[line.category]}</span>
              </button>
            </div>
            {props.faults.get(`agenda.${at}.title`) && <p className="meeting-fault">{props.faults.get(`agenda.${at}.title`)}</p>}
            {at === 0 && confirmed !== line.key && open !== line.key && doubtfulTheory(line, entry.form.template) && (
              <div className="meeting-ask" role="status">
                <span>这一项是政治理论学习吗？</span>
                <Button size="small" onClick={() => setConfirmed(line.key)}>
                  是
                </Button>
                <Button size="small" onClick={() => setOpen(line.key)}>
                  改类别
                </Button>
              </div>
            )}
            {open === line.key && (
              <div className="meeting-more">
                <ChoiceChips
                  label={`第 ${at + 1} 项的类别`}
                  options={categories}
                  value={[line.category]}
                  onChange={([category]) => replace(line.key, { category: (category ?? line.category) as AgendaCategory })}
                />
                <div className="meeting-acts">
                  <Button icon={<ArrowUpOutlined aria-hidden />} disabled={at === 0} onClick={() => set(moved(agenda, at, -1))}>
                    上移
                  </Button>
                  <Button
                    icon={<ArrowDownOutlined aria-hidden />}
                    disabled={at === agenda.length - 1}
                    onClick={() => set(moved(agenda, at, 1))}
                  >
                    下移
                  </Button>
                  <Button
                    icon={<DeleteOutlined aria-hidden />}
                    disabled={agenda.length === 1}
                    onClick={() => set(agenda.filter((one) => one !== line))}
                  >
                    删去
                  </Button>
                </div>
              </div>
            )}
          </li>
        ))}
      </ol>
      <Button type="link" icon={<PlusOutlined aria-hidden />} disabled={agenda.length >= 30} onClick={add}>
        加一项
      </Button>
      {props.faults.get('agenda') && <p className="meeting-fault">{props.faults.get('agenda')}</p>}
    </section>
  )
}
