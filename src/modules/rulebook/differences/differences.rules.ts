/** Bounds of a share, both in 0..1. */
export interface Interval {
  readonly low: number
  readonly high: number
}

export interface Share {
  readonly done: number
  readonly due: number
}

export type Verdict = 'as_others' | 'below' | 'above' | 'too_few' | 'nothing_due'

/** Below this number of duties no share is worth comparing: one duty more or less moves it by a fifth and more. */
export const fewest = 5
/** How seldom a page of organizations that all do alike may call one of them different. */
const pageError = 0.05

/** The standard normal quantile, after Acklam; absolute error below 1.2e-9. */
export function normalQuantile(p: number): number {
  const a = [-39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716, 2.506628277459239]
  const b = [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572]
  const c = [
    -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968, 2.938163982698783,
  ]
  const d = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416]
  const poly = (terms: readonly number[], x: number) => terms.reduce((sum, term) => sum * x + term, 0)
  if (p <= 0 || p >= 1) throw new RangeError('a probability lies between 0 and 1')
  if (p > 0.97575) return -normalQuantile(1 - p)
  if (p < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(p))
    return poly(c, q) / poly([...d, 1], q)
  }
  const q = p - 0.5
  return (poly(a, q * q) * q) / poly([...b, 1], q * q)
}

/** Wilson's interval of a share. */
export function intervalOf({ done, due }: Share, z: number): Interval {
  const share = done / due
  const middle = (share + (z * z) / (2 * due)) / (1 + (z * z) / due)
  const reach = (z / (1 + (z * z) / due)) * Math.sqrt((share * (1 - share)) / due + (z * z) / (4 * due * due))
  return { low: Math.max(0, middle - reach), high: Math.min(1, middle + reach) }
}

/** ln n!, by Stirling's series from 10 on; the error is below 1e-9. */
function lnFactorial(n: number): number {
  if (n < 10) return Array.from({ length: n }, (_, index) => Math.log(index + 1)).reduce((sum, term) => sum + term, 0)
  const x = n + 1
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + 1 / (12 * x) - 1 / (360 * x ** 3)
}

const lnChoose = (n: number, k: number) => lnFactorial(n) - lnFactorial(k) - lnFactorial(n - k)

/** The chance of `done` among `own.due` drawn from everything that was due, were all alike (hypergeometric). */
function chanceOf(done: number, own: Share, all: Share): number {
  if (done < 0 || done > own.due || done > all.done || own.due - done > all.due - all.done) return 0
  return Math.exp(lnChoose(all.done, done) + lnChoose(all.due - all.done, own.due - done) - lnChoose(all.due, own.due))
}

/** How likely it is, were all alike, that so few (step −1) or so many (step 1) were done, or even fewer or more. */
function tail(own: Share, all: Share, step: 1 | -1): number {
  let sum = 0
  for (let done = own.done; ; done += step) {
    const chance = chanceOf(done, own, all)
    sum += chance
    if (chance === 0 || chance < sum * 1e-12) return sum
  }
}

/**
 * One organization against all others of the page together, by Fisher's exact test with both tails, divided among the `rows` compared:
 * of pages on which all do alike, at most 5 in 100 call any organization different.
 */
export function judgeDifference(own: Share, others: Share, rows: number): Verdict {
  if (own.due === 0) return 'nothing_due'
  if (own.due < fewest || others.due < fewest) return 'too_few'
  const all = { done: own.done + others.done, due: own.due + others.due }
  const enough = pageError / (2 * Math.max(rows, 1))
  const fewer = own.done * all.due < all.done * own.due
  if (tail(own, all, fewer ? -1 : 1) >= enough) return 'as_others'
  return fewer ? 'below' : 'above'
}

/** The interval shown beside one organization's share: 95 in 100. */
export const shownInterval = (share: Share): Interval | null =>
  share.due === 0 ? null : intervalOf(share, normalQuantile(0.975))

export const verdictWords: Readonly<Record<Verdict, string>> = {
  as_others: '与其他组织的差别在偶然范围内，不宜据此比较',
  below: '低于其他组织，差别超出偶然范围，可以点开看原因',
  above: '高于其他组织，差别超出偶然范围',
  too_few: `应办不足 ${fewest} 项，不作比较`,
  nothing_due: '本期没有应办事项',
}

/** What the page says before anybody compares. */
export function differencesInWords(verdicts: readonly Verdict[]): string {
  const apart = verdicts.filter((verdict) => verdict === 'below' || verdict === 'above').length
  const compared = verdicts.filter((verdict) => verdict !== 'too_few' && verdict !== 'nothing_due').length
  if (compared < 2) return '可比较的组织不足两个，本页不作比较。'
  if (apart === 0) return `${compared} 个组织之间的差别都在偶然范围内，不能说明谁做得更好。`
  return `${compared} 个组织中，有 ${apart} 个与其他组织的差别超出偶然范围，其余差别不宜比较。`
}
