const digits = '〇一二三四五六七八九'

/** 1–99 as Chinese writes them: 一, 十, 十一, 二十, 二十一. */
export function chineseNumber(count: number): string {
  const [tens, ones] = [Math.floor(count / 10), count % 10]
  const ten = tens === 0 ? '' : `${tens === 1 ? '' : digits[tens]}十`
  return `${ten}${ones === 0 && tens > 0 ? '' : digits[ones]}`
}
