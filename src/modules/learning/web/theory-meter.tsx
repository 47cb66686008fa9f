import { shareInWords, type TheoryShare } from '../classes/theory-share.rules.ts'

/** The seventy per cent, live: the bar, its mark, and the same in words. */
export function TheoryMeter({ share }: { share: TheoryShare }) {
  return (
    <div className="training-lines">
      <div className="training-meter" data-short={share.hours > 0 && !share.met} aria-hidden>
        <i style={{ width: `${share.share * 100}%` }} />
        <b />
      </div>
      <p role="status">{shareInWords(share)}</p>
    </div>
  )
}
