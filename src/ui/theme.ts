import type { ThemeConfig } from 'antd'

/** The palette; `palette.css` holds the same values for style sheets. Contrast of text on paper and card is ≥ 4.5:1. */
export const palette = {
  ink: '#1f2328',
  soft: '#57606a',
  line: '#e3e0da',
  edge: '#8f8a82',
  paper: '#fbfaf7',
  card: '#ffffff',
  red: '#a8201a',
  done: '#1b7f5c',
  late: '#c9a93a',
  lateText: '#6d5300',
  missing: '#6b4fa0',
  pending: '#c4ced6',
  link: '#0b5cad',
} as const

export const fonts = '"PingFang SC","Hiragino Sans GB","Microsoft YaHei","Noto Sans CJK SC","Source Han Sans SC",sans-serif'

/** The size of type in pixels: 14 at the desk, 16 on a phone, 20 in large type. */
export function typeSize(phone: boolean, large: boolean): 14 | 16 | 20 {
  if (large) return 20
  return phone ? 16 : 14
}

/** The library's tokens for a size of type; targets are at least 44 px on a phone and in large type. */
export function themeFor(phone: boolean, large: boolean): ThemeConfig {
  const roomy = phone || large
  return {
    token: {
      fontFamily: fonts,
      fontSize: typeSize(phone, large),
      controlHeight: roomy ? 44 : 32,
      controlHeightSM: roomy ? 40 : 26,
      borderRadius: 6,
      motion: false,
      colorPrimary: palette.red,
      colorError: palette.red,
      colorSuccess: palette.done,
      colorWarning: palette.lateText,
      colorInfo: palette.link,
      colorLink: palette.link,
      colorText: palette.ink,
      colorTextSecondary: palette.soft,
      colorTextTertiary: palette.soft,
      colorTextDescription: palette.soft,
      colorTextPlaceholder: '#656d76',
      colorTextQuaternary: '#656d76',
      colorTextHeading: palette.ink,
      colorIcon: palette.soft,
      colorBgLayout: palette.paper,
      colorBorder: palette.edge,
      colorBorderSecondary: palette.line,
      colorSplit: palette.line,
      boxShadow: '0 2px 12px rgba(31,35,40,.14)',
    },
    components: {
      Select: { optionSelectedBg: '#f1efea' },
      Segmented: { itemSelectedBg: palette.ink, itemSelectedColor: '#ffffff', trackBg: '#ffffff', itemColor: palette.soft },
      Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none', fontWeight: 500 },
    },
  }
}
