import { Button } from 'antd'
import { useState } from 'react'
import { addressOf } from '../../../../kernel/http/call.ts'
import { ConfirmReason } from '../../../../ui/confirm-reason.tsx'
import { Dialog } from '../../../../ui/dialog.tsx'
import { Failed, Loading } from '../../../../ui/states.tsx'
import { useSubmit } from '../../../../ui/use-call.ts'
import { discardDraft, type DraftDetail } from '../../drafts/drafts.contract.ts'
import { exportRulebook } from '../../drafts/publishing.contract.ts'
import { useFileText } from './file-text.client.ts'

/** Reading the draft as a file, taking it along, giving it up. */
export function DraftActs({ draft }: { draft: DraftDetail }) {
  const [reading, setReading] = useState(false)
  const [leaving, setLeaving] = useState(false)
  const discard = useSubmit(discardDraft)
  const href = addressOf(exportRulebook.path, { params: { id: draft.id } })
  return (
    <>
      <Button onClick={() => setReading(true)}>看文件（YAML）</Button>
      <Button href={href} download>
        导出文件
      </Button>
      {draft.state === 'open' && <Button onClick={() => setLeaving(true)}>作废</Button>}
      <Dialog open={reading} title="草稿的文件（YAML）" onClose={() => setReading(false)}>
        {reading && <FileText href={href} version={draft.version} />}
      </Dialog>
      <ConfirmReason
        open={leaving}
        title="作废这份草稿"
        sentence="作废后不能再改，内容仍可查看。现行制度不受影响。"
        confirmLabel="作废"
        onConfirm={(reason) => discard.send({ params: { id: draft.id }, body: { version: draft.version, reason } })}
        onClose={() => setLeaving(false)}
      />
    </>
  )
}

function FileText(props: { href: string; version: number }) {
  const read = useFileText(props.href, props.version)
  if (read.isError) return <Failed error={read.error} onRetry={() => void read.refetch()} />
  if (read.data === undefined) return <Loading />
  return <textarea className="draft-file" aria-label="文件内容" rows={20} readOnly value={read.data} />
}
