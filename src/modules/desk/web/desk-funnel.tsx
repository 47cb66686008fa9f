import { inChinese } from '../../../kernel/time/civil-date.ts'
import { Funnel } from '../../../ui/funnel.tsx'
import { Panel } from '../../../ui/page.tsx'
import { Empty, Loaded } from '../../../ui/states.tsx'
import { useCall } from '../../../ui/use-call.ts'
import { type ItemFunnel, itemFunnel } from '../items/items.contract.ts'
import styles from './desk.module.css'

interface Props {
  readonly under: string | undefined
  readonly kind: string | undefined
  readonly onPick: (part: Record<string, string | undefined>) => void
}

/** What stands further on has come this far too, so the funnel narrows as it should; where it stands now is a note. */
function reached(stages: ItemFunnel['stages']) {
  return stages.map((stage, at) => ({
    name: stage.name,
    count: stages.slice(at).reduce((sum, later) => sum + later.count, 0),
    note: `现在停在这里 ${stage.count} 项`,
  }))
}

/** From entered to closed, and how long what is open has stood, by line and by unit; each figure narrows the list below. */
export function DeskFunnel({ under, kind, onPick }: Props) {
  const read = useCall(itemFunnel, { query: { ...(under && { under }), ...(kind && { kind }) } }, { keepPrevious: true })
  return (
    <Loaded query={read}>
      {(found) =>
        found.lines.length === 0 ? (
          <Empty sentence="这里没有事项，也就没有漏斗和时长。" />
        ) : (
          <div className={styles.two}>
            <Panel title="漏斗" note={`办结的自${inChinese(found.since)}算起`}>
              <Funnel
                caption="走到过各阶段的项数（含已走到后面的）"
                steps={reached(found.stages)}
                onPick={(at) => onPick({ stage: found.stages[at]?.stage })}
              />
            </Panel>
            <Panel title="没办结的已历天数">
              <div className={styles.stack}>
                <Ages
                  of="类别"
                  rows={found.lines.map(({ kind: key, line, ...rest }) => ({ key, name: line, ...rest }))}
                  onPick={(key) => onPick({ kind: key })}
                />
                <Ages
                  of="单位"
                  rows={found.units.map(({ id, ...rest }) => ({ key: id, ...rest }))}
                  onPick={(key) => onPick({ under: key })}
                />
              </div>
            </Panel>
          </div>
        )
      }
    </Loaded>
  )
}

type Row = Omit<ItemFunnel['units'][number], 'id'> & { readonly key: string | null }

const shown = (days: number | null) => (days === null ? '－' : days)

function Ages(props: { of: string; rows: readonly Row[]; onPick: (key: string) => void }) {
  return (
    <div className={styles.scroll} role="group" aria-label={`按${props.of}的已历天数`}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{props.of}</th>
            <th scope="col">没办结</th>
            <th scope="col">逾期</th>
            <th scope="col">已办结</th>
            <th scope="col">一半不超过</th>
            <th scope="col">九成不超过</th>
            <th scope="col">最长</th>
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <tr key={row.key ?? 'none'}>
              <th scope="row">
                {row.key === null ? (
                  row.name
                ) : (
                  <button type="button" className={styles.pick} onClick={() => row.key && props.onPick(row.key)}>
                    {row.name}
                  </button>
                )}
              </th>
              <td>{row.open}</td>
              <td>{row.overdue}</td>
              <td>{row.closed}</td>
              <td>{shown(row.median)}</td>
              <td>{shown(row.ninetieth)}</td>
              <td>{shown(row.oldest)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
