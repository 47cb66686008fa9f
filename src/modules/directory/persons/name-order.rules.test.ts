import { describe, expect, it } from 'vitest'
import { byPinyin, byStrokes, namePinyin, pinyinSortKey } from './name-order.rules.ts'

describe('姓名的拼音和次序', () => {
  it.each([
    ['单小明', 'shanxiaoming', 'sxm'],
    ['仇英', 'qiuying', 'qy'],
    ['曾国', 'zengguo', 'zg'],
    ['解晓东', 'xiexiaodong', 'xxd'],
    ['尉迟恭', 'yuchigong', 'ycg'],
    ['吕布', 'lvbu', 'lb'],
    ['阿依古丽·买买提', 'ayigulimaimaiti', 'ayglmmt'],
  ])('%s is found by %s and %s', (name, full, initials) => {
    expect(namePinyin(name)).toMatchObject({ full, initials })
  })

  it('finds a surname under its common reading too', () => {
    expect(namePinyin('单小明').keys).toContain('danxiaoming')
  })

  it('orders by strokes of the surname', () => {
    expect(['张', '丁', '马', '王', '于', '干', '李'].toSorted(byStrokes)).toEqual(['丁', '于', '干', '马', '王', '张', '李'])
  })

  it('orders by pinyin with the surname reading, and the stored key gives the same order', () => {
    const names = ['张伟', '单小明', '曾国', '阿甲', '章伟', '仇英', '张安']
    const sorted = names.toSorted(byPinyin)
    expect(sorted).toEqual(['阿甲', '仇英', '单小明', '曾国', '张安', '张伟', '章伟'])
    const byKey = names.toSorted((a, b) => Buffer.compare(Buffer.from(pinyinSortKey(a)), Buffer.from(pinyinSortKey(b))))
    expect(byKey).toEqual(sorted)
  })
})
