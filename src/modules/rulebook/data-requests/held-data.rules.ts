/** Something the product holds already: what people call it, and where it is. */
export interface HeldData {
  readonly words: readonly string[]
  readonly place: string
  readonly link: string
}

/** What other modules record once and everybody entitled can read. */
export const heldInDirectory: readonly HeldData[] = [
  {
    words: [
      '党员',
      '正式党员',
      '预备党员',
      '入党积极分子',
      '发展对象',
      '党员花名册',
      '党员姓名',
      '入党日期',
      '转正日期',
      '身份证号',
      '手机号码',
      '联系电话',
    ],
    place: '人员',
    link: '/persons',
  },
  {
    words: [
      '党组织名称',
      '支部名称',
      '上级党组织',
      '支部书记',
      '书记姓名',
      '支部委员',
      '支委会成员',
      '党小组',
      '党小组组长',
      '成立日期',
    ],
    place: '组织',
    link: '/organizations',
  },
  { words: ['换届日期', '届满日期', '换届选举', '任期'], place: '组织', link: '/organizations' },
]

export const heldInMeetings: readonly HeldData[] = [
  {
    words: [
      '三会一课',
      '党员大会',
      '支部党员大会',
      '支委会',
      '党小组会',
      '党课',
      '主题党日',
      '组织生活会',
      '民主生活会',
      '会议记录',
      '会议议题',
      '到会',
      '缺席',
      '请假',
    ],
    place: '会议',
    link: '/meetings',
  },
]

export const heldInCases: readonly HeldData[] = [{ words: ['督办事项', '督办台账', '整改情况'], place: '督办', link: '/cases' }]

/** Words that change nothing about which data is meant. */
const filler =
  /本(?:支部|单位|年度|季度|月|年|级)|(?:今|本|上)年|各|(?:开展|召开|组织|参加)(?=.{2})|的|情况|统计|汇总|总数|数量|次数|人数|名单|信息|数据|日期|时间|[数次期]$|请填写|[\s（）()“”《》、，。：:]/gu

const core = (title: string): string => title.normalize('NFKC').replace(filler, '')

function pairsOf(text: string): string[] {
  const signs = [...text]
  return signs.length < 2 ? signs : signs.slice(1).map((sign, at) => `${signs[at]}${sign}`)
}

/** How much two names have in common, 0 to 1 (Dice, by pairs of characters, fillers left out). */
export function likeness(one: string, other: string): number {
  const [a, b] = [pairsOf(core(one)), pairsOf(core(other))]
  if (a.length === 0 || b.length === 0) return 0
  const rest = [...b]
  const common = a.filter((pair) => {
    const at = rest.indexOf(pair)
    if (at >= 0) rest.splice(at, 1)
    return at >= 0
  }).length
  return (2 * common) / (a.length + b.length)
}

/** From here on two names are taken for the same data. */
const same = 0.7

/** Where what is asked for is held already; null when it is not. */
export function heldAlready(title: string, held: readonly HeldData[]): { word: string; place: string; link: string } | null {
  for (const { words, place, link } of held) {
    const word = words.find((each) => likeness(title, each) >= same)
    if (word !== undefined) return { word, place, link }
  }
  return null
}
