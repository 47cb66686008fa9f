import { headed, paperOf, said, tabled } from '../../../kernel/papers/paper-blocks.ts'
import type { OfficialPaper, PaperBlock } from '../../../kernel/papers/paper.contract.ts'
import { inChinese } from '../../../kernel/time/civil-date.ts'
import { type ClassPage, targetGroups } from '../classes/classes.contract.ts'
import { audiences, type StudyPlanPage } from '../studies/studies.contract.ts'

const days = ({ startsOn, endsOn }: ClassPage) =>
  startsOn === endsOn ? inChinese(startsOn) : `${inChinese(startsOn)}至${inChinese(endsOn)}`

const lessons = (page: ClassPage): PaperBlock[] =>
  tabled(
    [
      ['日期', 20],
      ['课程', 40],
      ['学时', 10],
      ['授课', 15],
      ['地点', 15],
    ],
    page.sessions.map(({ title, heldOn, hours, teacher, place }) => [heldOn, title, String(hours), teacher ?? '', place ?? '']),
  )

/** 培训通知: a draft to be looked through, without number and day until somebody signs it. */
export function trainingNoticeOf(page: ClassPage): OfficialPaper {
  const names = page.people.map(({ name }) => name)
  const list: OfficialPaper['annexes'] =
    names.length === 0
      ? []
      : [
          {
            title: '参训人员名单',
            blocks: tabled(
              [
                ['序号', 20],
                ['姓名', 80],
              ],
              names.map((name, at) => [String(at + 1), name]),
            ),
          },
        ]
  return paperOf(page.organization.name, {
    title: `关于举办${page.title}的通知`,
    blocks: [
      said('现将培训有关事项通知如下。'),
      headed('时间'),
      said(`${days(page)}，共${page.hours}学时，其中政治理论${page.theoryHours}学时。${page.offDuty ? '培训期间脱产。' : ''}`),
      headed('对象'),
      said(`${targetGroups[page.targetGroup]}${names.length > 0 ? `，名单见附件` : ''}。`),
      headed('课程安排'),
      ...lessons(page),
      ...(page.registersUntil === null
        ? []
        : [headed('报名'), said(`请各组织于${inChinese(page.registersUntil)}前在系统中报名。`)]),
    ],
    annexes: list,
  })
}

/** 学习计划 as a paper: unit by unit, by when. */
export function studyPlanPaperOf(page: StudyPlanPage): OfficialPaper {
  return paperOf(page.organization.name, {
    title: page.title,
    blocks: [
      said(`本计划由${audiences[page.audience]}学习。${page.note ?? ''}`),
      headed('学习内容'),
      ...tabled(
        [
          ['单元', 12],
          ['学什么', 36],
          ['材料', 32],
          ['学完时限', 20],
        ],
        page.units.map(({ title, material, byDay }, at) => [String(at + 1), title, material ?? '', byDay ?? '年内']),
      ),
    ],
  })
}
