import type { OfficialPaper, PaperBlock } from '../../../kernel/papers/paper.contract.ts'
import { inChinese } from '../../../kernel/time/civil-date.ts'
import { type ClassPage, targetGroups } from '../classes/classes.contract.ts'
import { audiences, type StudyPlanPage } from '../studies/studies.contract.ts'

const said = (text: string): PaperBlock => ({ kind: 'text', runs: [text.slice(0, 4000)] })
const heading = (text: string): PaperBlock => ({ kind: 'heading', level: 1, text })
const fitted = (title: string) => title.slice(0, 60)

function letter(from: string, said: Pick<OfficialPaper, 'title' | 'blocks' | 'annexes' | 'remark'>): OfficialPaper {
  return {
    ...said,
    form: 'document',
    mark: from,
    to: [],
    signer: from,
    copies: [],
    people: [],
    number: null,
    signedOn: null,
    standing: null,
  }
}

const days = ({ startsOn, endsOn }: ClassPage) =>
  startsOn === endsOn ? inChinese(startsOn) : `${inChinese(startsOn)}至${inChinese(endsOn)}`

function lessons(page: ClassPage): PaperBlock {
  return {
    kind: 'table',
    columns: [
      { title: '日期', share: 20 },
      { title: '课程', share: 40 },
      { title: '学时', share: 10 },
      { title: '授课', share: 15 },
      { title: '地点', share: 15 },
    ],
    rows: page.sessions.map(({ title, heldOn, hours, teacher, place }) => [
      heldOn,
      title,
      String(hours),
      teacher ?? '',
      place ?? '',
    ]),
  }
}

/** 培训通知: a draft to be looked through, without number and day until somebody signs it. */
export function trainingNoticeOf(page: ClassPage): OfficialPaper {
  const names = page.people.map(({ name }) => name)
  const list: OfficialPaper['annexes'] =
    names.length === 0
      ? []
      : [
          {
            title: '参训人员名单',
            blocks: [
              {
                kind: 'table',
                columns: [
                  { title: '序号', share: 20 },
                  { title: '姓名', share: 80 },
                ],
                rows: names.map((name, at) => [String(at + 1), name]),
              },
            ],
          },
        ]
  return letter(page.organization.name, {
    title: fitted(`关于举办${page.title}的通知`),
    blocks: [
      said('现将培训有关事项通知如下。'),
      heading('时间'),
      said(`${days(page)}，共${page.hours}学时，其中政治理论${page.theoryHours}学时。${page.offDuty ? '培训期间脱产。' : ''}`),
      heading('对象'),
      said(`${targetGroups[page.targetGroup]}${names.length > 0 ? `，名单见附件` : ''}。`),
      heading('课程安排'),
      lessons(page),
      ...(page.registersUntil === null
        ? []
        : [heading('报名'), said(`请各组织于${inChinese(page.registersUntil)}前在系统中报名。`)]),
    ],
    annexes: list,
    remark: null,
  })
}

/** 学习计划 as a paper: unit by unit, by when. */
export function studyPlanPaperOf(page: StudyPlanPage): OfficialPaper {
  return letter(page.organization.name, {
    title: fitted(page.title),
    blocks: [
      said(`本计划由${audiences[page.audience]}学习。${page.note ?? ''}`),
      heading('学习内容'),
      {
        kind: 'table',
        columns: [
          { title: '单元', share: 12 },
          { title: '学什么', share: 36 },
          { title: '材料', share: 32 },
          { title: '学完时限', share: 20 },
        ],
        rows: page.units.map(({ title, material, byDay }, at) => [String(at + 1), title, material ?? '', byDay ?? '年内']),
      },
    ],
    annexes: [],
    remark: null,
  })
}
