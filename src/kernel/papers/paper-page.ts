/** Measures of GB/T 9704-2012, in twips (1/20 pt) unless said otherwise. 天头 37 mm, 订口 28 mm, 版心 156 × 225 mm. */
export const page = {
  width: 11_906,
  height: 16_838,
  top: 2098,
  bottom: 1984,
  left: 1587,
  right: 1474,
  /** From the lower edge of the sheet to the page number's: 7 mm below the text area stands its upper edge. */
  footer: 1304,
  header: 1134,
} as const

/** Width of the text area. */
export const textWidth = page.width - page.left - page.right

/** 一行: 22 lines fill the text area. */
export const line = 579

/** 3号 in half points, and the spacing that lets 28 characters fill a line. */
export const bodySize = 32
export const bodySpacing = -5

/** Width of one character of the body. */
export const em = bodySize * 10 + bodySpacing

/** Millimetres as twips. */
export const mm = (millimetres: number): number => Math.round((millimetres * 1440) / 25.4)

export const red = 'FF0000'

interface Font {
  readonly ascii: string
  readonly hAnsi: string
  readonly eastAsia: string
}
const withDigits = (eastAsia: string): Font => ({ ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia })

/** Fonts by name. Those that a computer lacks are replaced by the ones in `fontTable`. */
export const fonts = {
  song: withDigits('仿宋_GB2312'),
  title: withDigits('方正小标宋简体'),
  black: withDigits('黑体'),
  kai: withDigits('楷体_GB2312'),
  number: { ascii: '宋体', hAnsi: '宋体', eastAsia: '宋体' },
} as const

const replacements: Readonly<Record<string, string>> = {
  仿宋_GB2312: '仿宋,FangSong,STFangsong',
  方正小标宋简体: '小标宋,华文中宋,宋体',
  黑体: 'SimHei,STHeiti',
  楷体_GB2312: '楷体,KaiTi,STKaiti',
  宋体: 'SimSun,STSong',
}

/** The part `word/fontTable.xml`, which names for each font what may stand in for it. */
export function fontTable(): string {
  const one = ([name, others]: [string, string]) =>
    `<w:font w:name="${name}"><w:altName w:val="${others}"/><w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="fixed"/></w:font>`
  return (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
    '<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">' +
    `${Object.entries(replacements).map(one).join('')}</w:fonts>`
  )
}

/** Style of paragraphs whose lines are not those of the page: title, table, footnote. */
export const offGrid = 'OffGrid'

const runs =
  '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="仿宋_GB2312" w:cs="Times New Roman"/>' +
  `<w:spacing w:val="${bodySpacing}"/><w:sz w:val="${bodySize}"/><w:szCs w:val="${bodySize}"/>` +
  '<w:lang w:val="zh-CN" w:eastAsia="zh-CN"/>'

const styled = (type: string, id: string, more: { name: string; rest: string; default?: boolean }) =>
  `<w:style w:type="${type}" w:styleId="${id}"${more.default ? ' w:default="1"' : ''}><w:name w:val="${more.name}"/>${more.rest}</w:style>`

/** The part `word/styles.xml`. */
export function stylesPart(): string {
  const text = `<w:widowControl w:val="0"/><w:spacing w:before="0" w:after="0" w:line="${line}" w:lineRule="exact"/>`
  return (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
    '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">' +
    `<w:docDefaults><w:rPrDefault><w:rPr>${runs}</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>${text}</w:pPr></w:pPrDefault></w:docDefaults>` +
    styled('paragraph', 'Normal', { name: 'Normal', rest: '<w:qFormat/>', default: true }) +
    styled('paragraph', offGrid, {
      name: '不对齐网格',
      rest: '<w:basedOn w:val="Normal"/><w:pPr><w:snapToGrid w:val="0"/></w:pPr>',
    }) +
    styled('character', 'FootnoteReference', {
      name: 'footnote reference',
      rest: '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>',
    }) +
    '</w:styles>'
  )
}

/** Width of a text in characters: those of ASCII are half as wide. */
export function charactersWide(text: string): number {
  return [...text].reduce((sum, character) => sum + (character <= '\u007f' ? 0.5 : 1), 0)
}
