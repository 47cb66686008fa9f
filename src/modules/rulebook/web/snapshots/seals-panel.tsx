import { Button } from 'antd'
import { useState } from 'react'
import { Panel } from '../../../../ui/page.tsx'
import { Empty, Loaded } from '../../../../ui/states.tsx'
import { StatusTag } from '../../../../ui/status-tag.tsx'
import { useCall } from '../../../../ui/use-call.ts'
import { auditSeal, listSeals } from '../../snapshots/snapshots.contract.ts'
import './snapshots.css'
import { sizeInWords } from './snapshot-words.rules.ts'

const moment = new Intl.DateTimeFormat('zh-CN', { dateStyle: 'long', timeStyle: 'short', timeZone: 'Asia/Shanghai' })

/** Seals of frozen files for the audit administrator: whether they hold, and nothing of the business. */
export function SealsPanel() {
  const read = useCall(listSeals, { query: { limit: 100 } })
  return (
    <Panel title="冻结文件的封签" note="只核对摘要和签名，不含业务数据">
      <Loaded query={read}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty sentence="还没有冻结过的期间。" />
          ) : (
            <ul>
              {items.map((seal) => (
                <li key={seal.id}>
                  {moment.format(new Date(seal.frozenAt))}，{sizeInWords(seal.bytes)}，文件摘要{' '}
                  <span className="snapshot-code">{seal.fileSha256}</span>
                  <Check id={seal.id} />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Panel>
  )
}

function Check({ id }: { id: string }) {
  const [asked, setAsked] = useState(false)
  const read = useCall(auditSeal, asked ? { params: { id } } : null)
  if (!asked) {
    return (
      <p className="snapshot-check">
        <Button onClick={() => setAsked(true)}>核验封签</Button>
      </p>
    )
  }
  return (
    <Loaded query={read}>
      {(found) => (
        <p role="status">
          <StatusTag tone={found.whole ? 'done' : 'short'}>{found.whole ? '签名成立' : '签名不成立'}</StatusTag> {found.says}
        </p>
      )}
    </Loaded>
  )
}
