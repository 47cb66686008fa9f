import { addDays } from '../../../../kernel/time/civil-date.ts'
import { useAddress } from '../../../../ui/address.ts'
import { DateField } from '../../../../ui/date-field.tsx'
import { Go } from '../../../../ui/go.tsx'
import { Page, Panel } from '../../../../ui/page.tsx'
import { useSession } from '../../../../ui/session.tsx'
import { Loaded } from '../../../../ui/states.tsx'
import { useCall } from '../../../../ui/use-call.ts'
import { listTaskChanges } from '../../tasks/tasks.contract.ts'
import styles from './tasks.module.css'

const usual = 30

/** 变动情况: who changed what of persons, days and criteria since a day. */
export function TaskChangesPage() {
  const { today } = useSession()
  const [search, change] = useAddress()
  const since = search.since ?? addDays(today, -usual)
  const found = useCall(listTaskChanges, { query: { since } }, { keepPrevious: true })
  return (
    <Page
      title="任务变动情况"
      crumbs={[{ label: '任务', to: '/tasks' }]}
      narrow
      bar={
        <DateField aria-label="自哪天起" value={since} latest={today} onChange={(day) => change({ since: day ?? undefined })} />
      }
    >
      <Loaded query={found}>
        {(data) => (
          <Panel title={`${since} 以来 ${data.items.length} 处变动`} note={data.cut ? '太多，只列最近的' : undefined}>
            {data.items.length === 0 && <p className={styles.soft}>这段时间没有新交办、撤销，也没有调整责任人、时限、标准。</p>}
            <ul className={styles.list}>
              {data.items.map((item) => (
                <li key={`${item.task.id} ${item.what} ${item.on} ${item.after ?? ''}`}>
                  <b>{item.what}</b>{' '}
                  <Go to={`/tasks/${item.task.id}`}>
                    {item.task.organization}：{item.task.title}
                  </Go>
                  {item.before !== null && item.after !== null && (
                    <span>
                      {' '}
                      {item.before} → {item.after}
                    </span>
                  )}
                  <small>
                    {item.by} {item.on}
                    {item.reason && `，${item.reason}`}
                  </small>
                </li>
              ))}
            </ul>
          </Panel>
        )}
      </Loaded>
    </Page>
  )
}
