import { GoButton } from '../../../../ui/go.tsx'
import { useAbility } from '../../../../ui/session.tsx'

/** From a record to the papers that can be made of it, for those who write papers. */
export function PaperLink({ kind, id }: { kind: 'case' | 'yellow_card' | 'problem' | 'unit_plan'; id: string }) {
  const mayDraft = useAbility('supervision.paper.draft')
  if (!mayDraft) return null
  return <GoButton to={`/papers/new?objectKind=${kind}&objectId=${encodeURIComponent(id)}`}>出文书</GoButton>
}
