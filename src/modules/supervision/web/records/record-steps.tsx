import { Panel } from '../../../../ui/page.tsx'
import type { RecordStep } from '../../records/records.contract.ts'
import styles from '../cases.module.css'

const moment = new Intl.DateTimeFormat('zh-CN', { dateStyle: 'long', timeStyle: 'short', timeZone: 'Asia/Shanghai' })

/** Every step with who signed it in which capacity, its day, its reason and its words; the first one first. */
export function RecordSteps({ steps }: { steps: readonly RecordStep[] }) {
  if (steps.length === 0) return null
  return (
    <Panel title="经过">
      <ol className={styles.steps}>
        {steps.map((step) => (
          <li key={step.revision}>
            <p className={styles.step}>
              <b>{step.actionName}</b> <span>{step.by === step.signedAs ? step.by : `${step.by}（${step.signedAs}）`}</span>{' '}
              <time dateTime={step.at}>{moment.format(new Date(step.at))}</time>
            </p>
            {step.reason && <p className={styles.text}>{step.reason}</p>}
            {step.details.length > 0 && (
              <dl>
                {step.details.map((detail) => (
                  <div key={detail.label}>
                    <dt>{detail.label}</dt>
                    <dd>{detail.text}</dd>
                  </div>
                ))}
              </dl>
            )}
          </li>
        ))}
      </ol>
    </Panel>
  )
}
