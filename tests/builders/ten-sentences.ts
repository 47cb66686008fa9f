/** A document that the product has never seen, in ten sentences: made up, as an officer would write it. The letters begin all its codes. */
export function tenSentences(letters = 'SX'): string {
  const clauses = [
    ['党员活动日', '各支部每季度至少开展一次党员活动日，活动情况记入会议记录。'],
    ['党员大会', '各支部每年至少召开两次党员大会，讨论支部的重要事项。'],
    ['支委会', '设有委员会的支部每月召开一次支委会，研究当月的工作。'],
    ['家访', '支部书记每年走访本支部党员家庭，了解困难和想法。'],
    ['学时', '党员每年参加集中学习，学时由学习培训的记录累计。'],
    ['首项学习', '支部开会时，第一项议程安排政治理论学习。'],
    ['党课', '支部书记每年至少给本支部党员讲一次党课。'],
    ['谈心', '支部委员之间经常交换意见，坦诚相见。'],
    ['总的要求', '各支部要结合本单位实际，把活动办得有质量、受欢迎。'],
    ['简报', '各支部可以把好的做法写成简报，供其他支部参考。'],
  ]
  const lines = clauses.map(
    ([title, gist], index) => `  - code: ${letters}-${index + 1}
    title: ${title}
    gist: ${gist}
    dimension: D3
    article: 第${'一二三四五六七八九十'[index]}条${[7, 8].includes(index) ? '\n    uncounted: 讲的是怎样做，不是做几次，不宜计数' : ''}`,
  )
  return `document:
  code: ${letters}2026
  title: 示例城市支部活动试行办法
  issuer: 示例工委
  issued_on: 2026-06-01
  in_force_from: 2026-06-01
  kind: local_document

clauses:
${lines.join('\n')}

requirements:
${requirement({ letters, number: 1, title: '每季一次党员活动日', clause: 1, cadence: 'quarter', kinds: 'theme_day', least: 1 })}
${requirement({ letters, number: 2, title: '每年两次党员大会', clause: 2, cadence: 'year', kinds: 'members_meeting', least: 2 })}
${requirement({ letters, number: 3, title: '支委会每月一次', clause: 3, cadence: 'month', kinds: 'committee_meeting', least: 1 })}
${requirement({ letters, number: 4, title: '书记家访', clause: 4, cadence: 'year', kinds: 'theme_day', least: 1, off: '走访的记法还没有商定' })}
${requirement({ letters, number: 5, title: '集中学习学时', clause: 5, cadence: 'year', kinds: '', least: 32, awaits: 'learning' })}
`
}

interface Written {
  readonly letters: string
  readonly number: number
  readonly title: string
  readonly clause: number
  readonly cadence: string
  readonly kinds: string
  readonly least: number
  readonly off?: string
  readonly awaits?: string
}

function requirement({ letters, number, title, clause, cadence, kinds, least, off, awaits }: Written): string {
  const measure = awaits ? `${awaits}.hours_total` : 'orglife.meetings_held'
  return `  - code: ${letters}${number}
    title: ${title}
    clauses: [${letters}-${clause}]
    dimension: D3
    version: 1
    valid_from: 2026-06-01
    strength: soft
    confidence: A
    enabled: ${off ? 'false' : 'true'}${off ? `\n    reason_off: ${off}` : ''}
    source:
      regulation: 示例城市支部活动试行办法
      article: 第${number}条
    subject:
      kinds: [branch]
    cadence: ${cadence}${awaits ? `\n    awaits: ${awaits}` : ''}
    measure:
      name: ${measure}
      params: ${kinds ? `{ kinds: [${kinds}] }` : '{}'}
    target:
      at_least: ${least}
    formula: 期内记录的次数达到要求即为完成，没有记录的为未报。
    remedy: 请尽快补开并如实记录，写明补开的日期。`
}
