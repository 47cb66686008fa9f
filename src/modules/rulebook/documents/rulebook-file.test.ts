import { describe, expect, it } from 'vitest'
import { mistakesInWords, parseRulebookFile } from './rulebook-file.rules.ts'

const sound = `document:
  code: SL2030
  title: 关于示例的通知
  issuer: 示例工委
  issued_on: 2030-01-10
  in_force_from: 2030-02-01
  kind: local_document
clauses:
  - code: SL-1
    title: 按季开会
    gist: 每个支部每个季度开一次党员大会。
    dimension: D3
  - code: SL-2
    title: 按月开会
    gist: 每个支部委员会每个月开一次会。
    dimension: D3
requirements:
  - code: SL1
    title: 每季度开会
    clauses: [SL-1]
    dimension: D3
    version: 1
    valid_from: 2030-02-01
    strength: hard
    confidence: A
    enabled: true
    source:
      regulation: 关于示例的通知
      article: 第一条
    subject:
      kinds: [branch]
      where:
        min_full_members: 3
    cadence: quarter
    measure:
      name: orglife.meetings_held
      params:
        kinds: [members_meeting]
    target:
      at_least: 1
    formula: 本季度内召开的党员大会次数，一次即可。
    remedy: 季度内召开党员大会并记录。
`

const requirement = sound.slice(sound.indexOf('  - code: SL1\n'))

/** The sound file with one spot changed; fails when the spot is not there. */
function changed(from: string, to: string): string {
  expect(sound).toContain(from)
  return sound.replace(from, to)
}

function mistakesIn(text: string) {
  const answer = parseRulebookFile(text, 'example.yaml')
  return answer.ok ? [] : answer.mistakes
}

function lineOf(text: string, part: string): number {
  return text.slice(0, text.indexOf(part)).split('\n').length
}

/** Expects exactly one mistake, on the line where `part` stands, with a message that contains `remedy`. */
function expectOne(text: string, part: string, remedy: string) {
  const mistakes = mistakesIn(text)
  expect(mistakes.map((one) => one.message)).toEqual([expect.stringContaining(remedy)])
  expect(mistakes[0]?.line).toBe(lineOf(text, part))
}

describe('a sound rulebook file', () => {
  it('is read whole, with the defaults filled in', () => {
    const answer = parseRulebookFile(sound, 'example.yaml')
    if (!answer.ok) throw new Error(mistakesInWords(answer))
    expect(answer.rulebook.requirements[0]).toMatchObject({
      grace_days: 5,
      due: { offset_days: 0 },
      late: { counts: 'met_late', credit: 1 },
      weight: 1,
      notice_days: 7,
      subject: { kinds: ['branch'], where: { min_full_members: 3 }, exempt: [] },
      valid_from: '2030-02-01',
    })
    expect(answer.rulebook.tightens).toEqual([])
    expect(answer.rulebook.clauses[0]?.confidence).toBe('A')
  })

  it('may come from an editor on Windows', () => {
    expect(parseRulebookFile(`\uFEFF${sound.replaceAll('\n', '\r\n')}`, 'example.yaml').ok).toBe(true)
  })

  it('may hold two versions of a requirement that follow each other', () => {
    const first = changed('    valid_from: 2030-02-01\n', '    valid_from: 2030-02-01\n    valid_to: 2030-12-31\n')
    const second = requirement.replace('version: 1', 'version: 2').replace('valid_from: 2030-02-01', 'valid_from: 2031-01-01')
    expect(mistakesIn(first + second)).toEqual([])
  })
})

describe('a mistake in the fields is named with its line and what to do', () => {
  it.each([
    [
      'an unknown key, with the known key that was meant',
      ['cadence: quarter', 'cadance: quarter'],
      { part: 'cadance', remedy: '是不是“cadence”？' },
    ],
    [
      'an unknown filter',
      ['min_full_members: 3', 'min_ful_members: 3'],
      { part: 'min_ful_members', remedy: '是不是“min_full_members”？' },
    ],
    [
      'a word that is not in the list',
      ['cadence: quarter', 'cadence: quartal'],
      { part: 'cadence: quartal', remedy: '是不是“quarter”？' },
    ],
    [
      'an organization kind that does not exist',
      ['kinds: [branch]', 'kinds: [branhc]'],
      { part: 'kinds: [branhc]', remedy: '是不是“branch”？' },
    ],
    ['a date that does not exist', ['issued_on: 2030-01-10', 'issued_on: 2030-02-30'], { part: 'issued_on', remedy: '真实日期' }],
    ['a number where a text belongs', ['title: 按季开会', 'title: 12'], { part: 'title: 12', remedy: '加上引号' }],
    ['a text where a number belongs', ['version: 1', "version: '1'"], { part: 'version', remedy: '应当是数字' }],
    ['yes instead of true', ['enabled: true', 'enabled: yes'], { part: 'enabled', remedy: 'true 或 false' }],
    ['a field left empty', ['issuer: 示例工委', 'issuer:'], { part: 'issuer', remedy: '没有填写' }],
    [
      'a field left out, at the entry it is missing from',
      ['    remedy: 季度内召开党员大会并记录。\n', ''],
      { part: '- code: SL1', remedy: '缺少“不足时怎么办”（remedy）' },
    ],
    ['a text that is not Chinese', ['title: 按季开会', 'title: quarterly'], { part: 'title: quarterly', remedy: '用中文' }],
    [
      'a number beyond its limit',
      ['min_full_members: 3', 'min_full_members: 0'],
      { part: 'min_full_members', remedy: '不能少于 1' },
    ],
    ['a code of the wrong form', ['code: SL2030', 'code: 通知'], { part: 'code: 通知', remedy: '大写字母' }],
    [
      'a measure without its module',
      ['orglife.meetings_held', 'meetings_held'],
      { part: 'name: meetings_held', remedy: 'orglife.meetings_held' },
    ],
    [
      'a parameter nested twice',
      ['kinds: [members_meeting]', 'kinds: { a: { b: 1 } }'],
      { part: 'kinds: { a', remedy: '参数值' },
    ],
  ] as const)('%s', (_kind, [from, to], { part, remedy }) => {
    const text = changed(from, to)
    expect(mistakesIn(text)).toContainEqual(
      expect.objectContaining({ line: lineOf(text, part), message: expect.stringContaining(remedy) }),
    )
  })
})

describe('a mistake between the fields is named with its line and what to do', () => {
  it('a clause code used twice', () => {
    const text = changed('code: SL-2', 'code: SL-1')
    expect(mistakesIn(text)).toEqual([
      { line: 13, column: 11, path: 'clauses.1.code', message: '条款代号“SL-1”与第 1 条条款重复，请换一个代号或删去一条。' },
    ])
  })

  it('a requirement code and version used twice', () => {
    const text = sound + requirement
    const mistakes = mistakesIn(text)
    expect(mistakes).toHaveLength(1)
    expect(mistakes[0]).toMatchObject({ path: 'requirements.1.code', line: text.split('\n').lastIndexOf('  - code: SL1') + 1 })
    expect(mistakes[0]?.message).toContain('把版本号加一')
  })

  it('two versions of a requirement that are valid on the same day', () => {
    const text = sound + requirement.replace('version: 1', 'version: 2')
    expect(mistakesIn(text)).toEqual([expect.objectContaining({ path: 'requirements.1.valid_from' })])
    expect(mistakesIn(text)[0]?.message).toContain('请给较早的版本写上 valid_to')
  })

  it('a clause that does not exist', () => {
    expectOne(changed('clauses: [SL-1]', 'clauses: [SL-11]'), 'clauses: [SL-11]', '是不是“SL-1”？')
  })

  it('a clause named under the own document, as if it were another', () => {
    expectOne(changed('clauses: [SL-1]', "clauses: ['SL2030:SL-9']"), "clauses: ['SL2030", '没有条款“SL-9”')
  })

  it('valid from after valid to', () => {
    const text = changed('    valid_from: 2030-02-01\n', '    valid_from: 2030-02-01\n    valid_to: 2030-01-31\n')
    expectOne(text, 'valid_to', '把前后两个日期改正')
  })

  it('in force to before in force from', () => {
    const text = changed('in_force_from: 2030-02-01\n', 'in_force_from: 2030-02-01\n  in_force_to: 2029-12-31\n')
    expectOne(text, 'in_force_to', '把前后两个日期改正')
  })

  it('a requirement that begins before its document is in force', () => {
    expectOne(changed('valid_from: 2030-02-01', 'valid_from: 2030-01-31'), 'valid_from', '施行日期（2030-02-01）')
  })

  it('a requirement that is off without a reason', () => {
    expectOne(changed('enabled: true', 'enabled: false'), '- code: SL1', '请补上 reason_off')
  })

  it('a requirement that is on with a reason for being off', () => {
    const text = changed('enabled: true', 'enabled: true\n    reason_off: 还没有核实')
    expectOne(text, 'reason_off', '请删去 reason_off')
  })

  it.each(['C', 'conflict'])('a requirement of confidence %s that is on', (confidence) => {
    const text = changed('confidence: A', `confidence: ${confidence}`).replace('strength: hard', 'strength: soft')
    expectOne(text, 'enabled', '不能在文件里启用')
  })

  it('a hard requirement that rests on a single second-hand source', () => {
    expectOne(changed('confidence: A', 'confidence: B-'), 'strength', '只能是软要求')
  })

  it('a subject that is both organizations and a post, or neither', () => {
    const both = changed('kinds: [branch]\n', 'kinds: [branch]\n      post: { code: branch_secretary, at: [branch] }\n')
    expectOne(both, 'subject:', '请删去多写的')
    expectOne(changed('      kinds: [branch]\n', ''), 'subject:', '请补上一项')
  })

  it('a target that is both a number and a ratio', () => {
    expectOne(changed('at_least: 1\n', 'at_least: 1\n      ratio_at_least: 1\n'), 'target:', '请删去多写的')
  })

  it('an upper limit of members below the lower', () => {
    expectOne(
      changed('min_full_members: 3', 'min_full_members: 3\n        max_full_members: 2'),
      'max_full_members',
      '把两个数改正',
    )
  })

  it('usual months for something that is due every month', () => {
    expectOne(changed('cadence: quarter', 'cadence: month\n    usual_months: [10]'), 'usual_months', '请删去 usual_months')
  })
})

describe('a text that is YAML but no rulebook', () => {
  it('a list instead of sections', () => {
    expectOne('# note\n- a', '- a', '名称: 内容')
  })

  it('names that every object carries are unknown keys like any other', () => {
    const paths = mistakesIn(`${sound}__proto__: 1\nconstructor: 2\n`).map((one) => one.path)
    expect(paths).toEqual(['__proto__', 'constructor'])
  })

  it('thousands of clauses are refused for their number, without comparing them', () => {
    const many = Array.from({ length: 9000 }, (_, index) => `  - code: A${index}`).join('\n')
    expect(mistakesIn(`clauses:\n${many}`).map((one) => one.message)).toContainEqual(expect.stringContaining('不能超过 500 项'))
  })
})

it('all mistakes are named at once, in the order of their lines, and read as one sentence a line', () => {
  const text = sound
    .replace('issued_on: 2030-01-10', 'issued_on: 2030-13-10')
    .replace('code: SL-2', 'code: SL-1')
    .replace('cadence: quarter', 'cadance: quarter')
    .replace('clauses: [SL-1]', 'clauses: [SL-7]')
    .replace('enabled: true', 'enabled: false')
  const answer = parseRulebookFile(text, 'example.yaml')
  if (answer.ok) throw new Error('the file should be refused')
  const lines = answer.mistakes.map((one) => one.line)
  expect(lines).toEqual(lines.toSorted((a, b) => a - b))
  expect(answer.mistakes.map((one) => one.path)).toEqual([
    'document.issued_on',
    'clauses.1.code',
    'requirements.0.cadence',
    'requirements.0',
    'requirements.0.clauses.0',
    'requirements.0.cadance',
  ])
  expect(mistakesInWords(answer).split('\n')[0]).toBe(
    'example.yaml 第 5 行第 14 列 document.issued_on：“印发日期”（issued_on）：请填写真实日期，格式如 2026-07-01。',
  )
})
