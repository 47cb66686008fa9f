import { Button, Space } from 'antd'
import { useState } from 'react'
import type { z } from 'zod'
import { addressOf } from '../../../kernel/http/call.ts'
import { Facts } from '../../../ui/facts.tsx'
import { Panel } from '../../../ui/page.tsx'
import { useAbility } from '../../../ui/session.tsx'
import { Empty, Loaded, sentenceOf } from '../../../ui/states.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import { useCall, useSubmit } from '../../../ui/use-call.ts'
import { exportAuditEntries, listCheckpoints, verifyAudit } from '../audit/audit.contract.ts'

type Verdict = z.output<typeof verifyAudit.reply>

const moment = new Intl.DateTimeFormat('zh-CN', { dateStyle: 'long', timeStyle: 'medium', timeZone: 'Asia/Shanghai' })

/** Recomputes the whole ledger and says in words what that proves; below it the signed checkpoints. */
export function AuditVerify() {
  const mayVerify = useAbility('desk.audit.verify')
  const mayExport = useAbility('desk.audit.export')
  const [verdict, setVerdict] = useState<Verdict | null>(null)
  const { submit, pending, error } = useSubmit(verifyAudit)
  const verify = async () => {
    setVerdict(null)
    const found = await submit({ body: {} })
    if (found) setVerdict(found)
  }
  return (
    <Panel
      title="核验"
      note="从第一条起逐条重算，与签名点和导出的文件对照"
      actions={
        <Space wrap>
          {mayExport && (
            <Button href={addressOf(exportAuditEntries.path, { query: { format: 'ndjson' } })} download>
              导出供独立核验
            </Button>
          )}
          {mayVerify && (
            <Button type="primary" loading={pending} onClick={() => void verify()}>
              核验整个台账
            </Button>
          )}
        </Space>
      }
    >
      <div role="status">
        {pending && <p>正在核验，记录多时要一会儿。</p>}
        {verdict && <VerdictShown verdict={verdict} />}
      </div>
      {error !== null && <p role="alert">{sentenceOf(error)}</p>}
      <Checkpoints />
    </Panel>
  )
}

function VerdictShown({ verdict }: { verdict: Verdict }) {
  return (
    <>
      <p>
        <StatusTag tone={verdict.whole ? 'done' : 'short'}>{verdict.whole ? '完整' : '不完整'}</StatusTag> {verdict.verdict}
      </p>
      <p>
        {verdict.whole
          ? '这表示：已编号的记录没有被改动、删除、插入或调换过次序。它不说明记录的内容是否属实。'
          : '这表示：有记录或签名被改动过。下面逐处列出。'}
      </p>
      <Facts
        items={[
          { term: '核验的记录', value: `${verdict.entries} 条` },
          { term: '签名点', value: `${verdict.checkpoints} 处` },
          { term: '导出的文件', value: `${verdict.files} 份` },
          { term: '由签名点担保', value: `${verdict.vouched} / ${verdict.entries} 条` },
          { term: '待编号', value: `${verdict.waiting} 条` },
          { term: '根', value: verdict.root, wide: true },
        ]}
      />
      {verdict.findings.length > 0 && (
        <ul>
          {verdict.findings.map((one) => (
            <li key={`${one.seq ?? ''}:${one.says}`}>
              {one.seq === null ? '' : `第 ${one.seq} 条：`}
              {one.says}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

function Checkpoints() {
  const [open, setOpen] = useState(false)
  const read = useCall(listCheckpoints, open ? { query: { limit: 20 } } : null)
  return (
    <details style={{ marginTop: 8 }} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>最近的签名点</summary>
      {open && (
        <Loaded query={read}>
          {(page) =>
            page.items.length === 0 ? (
              <Empty sentence="还没有签名点。系统会定时签，核验时也会签一次。" />
            ) : (
              <>
                {page.items.map((one) => (
                  <Facts
                    key={one.size}
                    items={[
                      { term: '签于', value: moment.format(new Date(one.signedAt)) },
                      { term: '前', value: `${one.size} 条` },
                      { term: '根', value: one.root, wide: true },
                    ]}
                  />
                ))}
              </>
            )
          }
        </Loaded>
      )}
    </details>
  )
}
