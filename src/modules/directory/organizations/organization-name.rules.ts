import { pinyin } from 'pinyin-pro'

/** How an organization is found by typing: all syllables in one, then the initials, such as `diyidangzhibu dydzb`. */
export function organizationPinyin(name: string): string {
  const syllables = pinyin(name, { toneType: 'none', type: 'array', v: true, nonZh: 'consecutive' }).map((one) =>
    one.toLowerCase().replace(/\s/g, ''),
  )
  return `${syllables.join('')} ${syllables.map((one) => one[0] ?? '').join('')}`
}
