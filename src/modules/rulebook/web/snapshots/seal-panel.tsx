import { Button } from 'antd'
import { useState } from 'react'
import { Facts } from '../../../../ui/facts.tsx'
import { Panel } from '../../../../ui/page.tsx'
import { Loaded } from '../../../../ui/states.tsx'
import { StatusTag } from '../../../../ui/status-tag.tsx'
import { useCall } from '../../../../ui/use-call.ts'
import { checkSeal } from '../../snapshots/snapshots.contract.ts'
import type { Shown } from './snapshot.page.tsx'
import { partTitle } from './snapshot-words.rules.ts'

const code = (text: string | null) => text && <span className="snapshot-code">{text}</span>

/** Hashes, signature and versions, and checking them against the stored file. */
export function SealPanel({ snapshot }: { snapshot: Shown }) {
  const [asked, setAsked] = useState(false)
  const check = useCall(checkSeal, asked ? { params: { id: snapshot.id } } : null)
  return (
    <Panel title="签名和版本">
      <Facts
        items={[
          { term: '内容摘要（SHA-256）', value: code(snapshot.contentSha256), wide: true },
          { term: '文件摘要（SHA-256）', value: code(snapshot.fileSha256), wide: true },
          { term: '签名（Ed25519）', value: code(snapshot.signature), wide: true },
          { term: '建制版本', value: code(snapshot.treeVersion), wide: true },
          { term: '数据结构版本', value: snapshot.schema, wide: true },
        ]}
      />
      {asked ? (
        <Loaded query={check}>
          {(found) => (
            <p role="status">
              <StatusTag tone={found.whole ? 'done' : 'short'}>{found.whole ? '签名成立' : '签名不成立'}</StatusTag> {found.says}
            </p>
          )}
        </Loaded>
      ) : (
        <p className="snapshot-check">
          <Button onClick={() => setAsked(true)}>核验签名</Button>
        </p>
      )}
      <Versions snapshot={snapshot} />
      <Parts snapshot={snapshot} />
    </Panel>
  )
}

function Versions({ snapshot }: { snapshot: Shown }) {
  return (
    <details className="snapshot-fold">
      <summary>
        {snapshot.measures.length} 个指标口径，{snapshot.rules.length} 条要求版本
      </summary>
      <ul>
        {snapshot.measures.map((measure) => (
          <li key={measure.name}>
            {measure.title}（第 {measure.version} 版）
          </li>
        ))}
      </ul>
      <p>{snapshot.rules.map((rule) => `${rule.code} 第 ${rule.version} 版`).join('、')}</p>
    </details>
  )
}

function Parts({ snapshot }: { snapshot: Shown }) {
  return (
    <details className="snapshot-fold">
      <summary>文件里有什么：{snapshot.sections.length} 个部分</summary>
      <table className="snapshot-parts">
        <thead>
          <tr>
            <th scope="col">部分</th>
            <th scope="col">行数</th>
            <th scope="col">摘要</th>
          </tr>
        </thead>
        <tbody>
          {snapshot.sections.map((part) => (
            <tr key={part.name}>
              <th scope="row">{partTitle(part.name)}</th>
              <td className="snapshot-number">{part.rows}</td>
              <td className="snapshot-code">{part.sha256.slice(0, 16)}…</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
