import { Go, GoButton } from '../../../../ui/go.tsx'
import { Panel } from '../../../../ui/page.tsx'
import { useAbility } from '../../../../ui/session.tsx'
import { useCall } from '../../../../ui/use-call.ts'
import { listCirculars } from '../../circulars/circulars.contract.ts'
import styles from './steps.module.css'

/** Notices that speak of a meeting, with their material. */
export function MeetingCirculars({ meeting, ahead }: { meeting: string; ahead: boolean }) {
  const mayRead = useAbility('orglife.circular.read')
  const mayIssue = useAbility('orglife.circular.issue')
  const found = useCall(listCirculars, mayRead ? { query: { meetingId: meeting } } : null)
  const items = found.data?.items ?? []
  if (items.length === 0 && !(mayIssue && ahead)) return null
  return (
    <Panel title="有关通知">
      <ul className={styles.list}>
        {items.map((one) => (
          <li key={one.id}>
            <Go to={`/circulars?open=${one.id}`}>{one.title}</Go>
            <small>
              {one.organization.name}，{one.issuedOn}
            </small>
          </li>
        ))}
      </ul>
      {mayIssue && ahead && (
        <GoButton to={`/circulars/new?meeting=${meeting}`} size="small">
          为这次会议发通知和材料
        </GoButton>
      )}
    </Panel>
  )
}
