import { pinyin } from 'pinyin-pro'

/** How a name is found by typing: `shanxiaoming` and `sxm`. */
export interface NamePinyin {
  /** All syllables in one, without tones; ü is v. The surname has its reading as a surname. */
  readonly full: string
  readonly initials: string
  /** Every spelling under which the name should be found, without repetition; the first two are `full` and `initials`. */
  readonly keys: readonly string[]
}

const compoundSurnames = new Set(
  (
    '欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 钟离 ' +
    '长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐 段干 百里 呼延 东郭 ' +
    '南门 羊舌 微生 公户 公玉 公仪 梁丘 公仲 公上 公门 公山 公坚 左丘 公伯 西门 公祖 第五 公乘 贯丘 公皙 南荣 东里 东宫 仲长 子书 子桑 即墨 达奚 褚师 淳于 单于'
  ).split(' '),
)

/** True for 欧阳修 and 诸葛亮, whose surname has two characters. */
export function beginsWithCompoundSurname(name: string): boolean {
  return compoundSurnames.has(Array.from(name.trim()).slice(0, 2).join(''))
}

function syllables(name: string, reading: 'surname' | 'normal'): string[] {
  const common = { toneType: 'num', type: 'array', v: true, nonZh: 'spaced', toneSandhi: false } as const
  const plain = name.trim().replace(/[·•\s]/g, '')
  return reading === 'surname' ? pinyin(plain, { ...common, mode: 'surname', surname: 'head' }) : pinyin(plain, common)
}

function spelled(parts: readonly string[]): [string, string] {
  const bare = parts.map((part) => part.toLowerCase().replace(/[0-9]/g, ''))
  return [bare.join(''), bare.map((part) => Array.from(part)[0] ?? '').join('')]
}

/** Pinyin of a name for search: 单 as a surname is shan, 仇 qiu, 曾 zeng; the common reading is a key too. */
export function namePinyin(name: string): NamePinyin {
  const [full, initials] = spelled(syllables(name, 'surname'))
  return {
    full,
    initials,
    // Only when asked for: the second reading costs as much as the first, and a roster has fifty thousand names.
    get keys() {
      return [...new Set([full, initials, ...spelled(syllables(name, 'normal'))])]
    },
  }
}

/** A text by which names stand in pinyin order when compared by code point: syllable, tone, then the character itself. */
export function pinyinSortKey(name: string): string {
  const characters = Array.from(name.trim().replace(/[·•\s]/g, ''))
  const parts = syllables(name, 'surname')
  if (parts.length !== characters.length) return `${parts.join(' ')} ${characters.join('')}`
  return characters.map((character, index) => `${parts[index]}${character}`).join(' ')
}

const strokes = new Intl.Collator('zh-u-co-stroke')

/** 以姓氏笔画为序: by number and kind of strokes, character by character. For `toSorted`. */
export function byStrokes(a: string, b: string): number {
  return strokes.compare(a, b)
}

/** By pinyin with surname readings; namesakes by strokes. For `toSorted` on short lists; store `pinyinSortKey` for long ones. */
export function byPinyin(a: string, b: string): number {
  const [left, right] = [pinyinSortKey(a), pinyinSortKey(b)]
  if (left === right) return 0
  return left < right ? -1 : 1
}
