import { describe, expect, it } from 'vitest'
import { alikeFrom, bandsOf, likeness, longEnough, passagesOf, runsOf, sharedPassages } from './minutes-text.rules.ts'

const first = `书记传达了上级关于结对共建的安排，说明每季度走访一次社区。老刘谈到楼道照明坏了半年没有人修，建议由物业小组牵头。
会议决定由年轻同志分成三个小队，周末轮流值守老旧小区的充电棚；下月底前把走访台账交给组织委员汇总。
有同志提出窗口排队时间偏长，商定在午间增加一名值班人员，试行两周后再看效果。`
const other = `宣读了处里的年度任务分工，逐项认领并明确了联系人。小组长介绍档案数字化的进度，库房搬迁推迟到节后进行。
讨论青年骨干的培养办法，大家主张以老带新，每月安排一次业务讲堂；财务科提醒差旅报销要附行程单。
最后核对了缴纳党费的名册，补登了两名新转入同志的信息。`

const runs = (text: string, agenda: string[] = []) => runsOf(passagesOf(text, agenda))

describe('纪要的比对', () => {
  it('knows a copy although names, figures and a sentence were changed', () => {
    const copy = first.replace('老刘', '老陈').replace('两周', '三周').replace('分成三个小队', '分成四个小队')
    expect(likeness(runs(first), runs(copy))).toBeGreaterThan(alikeFrom.across)
    const shared = bandsOf(runs(first)).filter((band, at) => bandsOf(runs(copy))[at] === band)
    expect(shared.length).toBeGreaterThan(0)
  })

  it('does not take two meetings about different things for one text', () => {
    expect(likeness(runs(first), runs(other))).toBeLessThan(0.05)
    expect(bandsOf(runs(first)).some((band, at) => bandsOf(runs(other))[at] === band)).toBe(false)
  })

  it('compares neither titles of documents, nor figures, nor what only repeats the agenda', () => {
    const studied = '学习《关于进一步加强机关作风建设若干问题的通知》《某某工作规则（试行）》。'
    expect(passagesOf(studied, [])).toEqual([])
    expect(passagesOf('研究下半年业务工作安排和经费使用', ['研究下半年业务工作安排和经费使用'])).toEqual([])
    expect(runs('2026年11月23日下午三点在三楼会议室开会讨论').has(0)).toBe(false)
  })

  it('says nothing about a few words', () => {
    expect(longEnough(runs('会议学习了有关文件，大家作了交流发言。'))).toBe(false)
    expect(longEnough(runs(first))).toBe(true)
  })

  it('names the sentences that both have, as they stand in the own text', () => {
    const half = `${first.split('\n')[0]}\n${other}`
    const named = sharedPassages(passagesOf(half, []), runs(first))
    expect(named).toEqual([
      '书记传达了上级关于结对共建的安排，说明每季度走访一次社区',
      '老刘谈到楼道照明坏了半年没有人修，建议由物业小组牵头',
    ])
  })
})
