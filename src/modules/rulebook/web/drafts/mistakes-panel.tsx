import type { DraftMistake } from '../../drafts/drafts.contract.ts'
import { inFormWords, isCoded, type Place } from './draft-part.rules.ts'

const sections = { document: '文件信息', clauses: '条款', requirements: '要求', tightens: '从严', tags: '标签' } as const

const placeOf = (one: DraftMistake): Place => ({ section: one.section, code: isCoded(one.section) ? one.code : null })

/** Everything still to be put right, by entry; each line jumps to its field. */
export function MistakesPanel(props: {
  mistakes: readonly DraftMistake[]
  onJump: (place: Place, mistake: DraftMistake) => void
}) {
  const { mistakes } = props
  const groups = new Map<string, DraftMistake[]>()
  for (const one of mistakes) {
    const name = `${sections[one.section]}${one.code === null ? '' : ` ${one.code}`}`
    groups.set(name, [...(groups.get(name) ?? []), one])
  }
  return (
    <section className="draft-mistakes" aria-labelledby="draft-mistakes">
      <h2 id="draft-mistakes">{mistakes.length === 0 ? '没有要改正的地方' : `要改正的 ${mistakes.length} 处`}</h2>
      {mistakes.length === 0 && <p className="draft-muted">可以预演，看清会改变什么，再发布。</p>}
      {[...groups].map(([name, own]) => (
        <div key={name}>
          <h3>{name}</h3>
          <ul>
            {own.map((one) => (
              <li key={`${one.path} ${one.message}`}>
                <button type="button" className="rules-open" onClick={() => props.onJump(placeOf(one), one)}>
                  {inFormWords(one.message)}
                </button>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  )
}
