import { Go } from '../../../../ui/go.tsx'
import { type DraftDetail, draftOrigins, draftStates } from '../../drafts/drafts.contract.ts'
import { textAt } from './draft-content.rules.ts'

const steps = { write: '编写', compare: '对照', rehearse: '预演', publish: '发布' } as const
type Step = keyof typeof steps

export const draftAddress = (id: string, step: Step = 'write'): string =>
  `/rules/drafts/${encodeURIComponent(id)}${step === 'write' ? '' : `/${step}`}`

export const draftTitle = ({ body, title, code }: Pick<DraftDetail, 'body' | 'title' | 'code'>): string =>
  `《${textAt(body.document, 'title') || title || code}》草稿`

/** `修订 · 起草中 · 第 3 稿`. */
export const standing = (draft: Pick<DraftDetail, 'origin' | 'state' | 'version'>): string =>
  `${draftOrigins[draft.origin]} · ${draftStates[draft.state]} · 第 ${draft.version} 稿`

/** Write, compare, rehearse, publish: where one is, and the way to each. */
export function DraftSteps(props: { draft: Pick<DraftDetail, 'id' | 'mistakes' | 'behind' | 'state'>; now: Step }) {
  const { draft } = props
  return (
    <>
      <nav className="rules-tabs draft-steps" aria-label="草稿的步骤">
        {(Object.keys(steps) as Step[]).map((step, at) => (
          <span key={step} {...(step === props.now && { 'aria-current': 'step' as const })}>
            {step === props.now ? (
              `${at + 1} ${steps[step]}`
            ) : (
              <Go to={draftAddress(draft.id, step)}>{`${at + 1} ${steps[step]}`}</Go>
            )}
          </span>
        ))}
      </nav>
      {draft.behind && draft.state === 'open' && (
        <p className="draft-note" role="status">
          起草之后，现行文件又发布过新的一版。请先<Go to={draftAddress(draft.id, 'compare')}>对照</Go>差别，再以现行文本另起草稿。
        </p>
      )}
      {draft.state !== 'open' && (
        <p className="draft-note" role="status">
          这份草稿{draft.state === 'published' ? '已经发布' : '已作废'}，只能看，不能再改。
        </p>
      )}
    </>
  )
}
