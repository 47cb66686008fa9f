import { headed as heading, said as text } from '../../../kernel/papers/paper-blocks.ts'
import type { PaperBlock, PaperBody } from '../../../kernel/papers/paper.contract.ts'
import { type CivilDate, inChinese } from '../../../kernel/time/civil-date.ts'
import type { Bulletin, Card, Matter, Plan, Talk } from './paper-inputs.rules.ts'

/** What a template makes of its object; the rest of the paper comes from who signs it and whom it speaks to. */
export interface Composed {
  readonly title: string
  readonly blocks: readonly PaperBlock[]
  readonly annexes?: PaperBody['annexes']
  readonly people?: PaperBody['people']
}

/** A kind of paper: its word in the number, its form, and the template with what it must be given. */
interface PaperKind<Input> {
  readonly name: string
  /** 机关代字's last part, before the year. */
  readonly word: string
  readonly form: PaperBody['form']
  readonly compose: (input: Input) => Composed
}

const longestTitle = 60
const titled = (about: string, kind: string) => {
  const whole = `关于${about}的${kind}`
  return [...whole].length <= longestTitle ? whole : `关于有关事项的${kind}`
}
const stopped = (sentence: string) => (/[。！？]$/.test(sentence.trim()) ? sentence.trim() : `${sentence.trim()}。`)
const basis = (clauses: Matter['clauses']) =>
  clauses.length === 0 ? [] : [text(`依据：${clauses.map((clause) => `${clause.code}“${clause.title}”`).join('；')}。`)]

const found = (matter: Matter): PaperBlock[] => [
  heading('有关情况'),
  text(`事项：${stopped(matter.title)}${matter.number ? `督办编号${matter.number}。` : ''}`),
  text(`来由：${stopped(matter.why)}`),
  ...(matter.records ? [text('计入办理情况的记录', matter.records, '条。')] : []),
  ...(matter.overdue ? [text('截至目前，已超过时限', matter.overdue, '天。')] : []),
  ...basis(matter.clauses),
]
const dueLine = (dueOn: CivilDate | null) => (dueOn === null ? [] : [text(`请于${inChinese(dueOn)}前办理完毕，并报告办理结果。`)])

/** What is to be put right, one by one: as listed, or as the remedies say it. */
function listedOf(matter: Matter): { title: string; owner: string; dueOn: CivilDate | null }[] {
  if (matter.items) return [...matter.items]
  const remedies = (matter.remedies ?? '').split(/[\n；;]/).map((one) => one.trim())
  return remedies.filter(Boolean).map((title) => ({ title, owner: matter.owner ?? '－', dueOn: matter.dueOn }))
}

const remedyTable = (matter: Matter): PaperBlock => ({
  kind: 'table',
  columns: [
    { title: '序号', share: 1 },
    { title: '整改措施', share: 6 },
    { title: '责任人', share: 2 },
    { title: '完成时限', share: 3 },
  ],
  rows: listedOf(matter).map((one, at) => [
    String(at + 1),
    one.title,
    one.owner,
    one.dueOn === null ? '－' : inChinese(one.dueOn),
  ]),
})

const kind = <Input>(declared: PaperKind<Input>) => declared

/** Every kind of paper, by its identifier. */
export const paperKinds = {
  reminder: kind<Matter>({
    name: '提示单',
    word: '督提',
    form: 'document',
    compose: (matter) => ({
      title: titled(`提醒${matter.organization}办理到期事项`, '提示单'),
      blocks: [
        ...found(matter),
        heading('提示事项'),
        ...dueLine(matter.dueOn),
        text('有实际困难的，请写明原因和需要上级解决的问题，一并报告。'),
      ],
    }),
  }),
  notice: kind<Matter>({
    name: '督办通知单',
    word: '督办',
    form: 'document',
    compose: (matter) => ({
      title: titled(`督办${matter.organization}有关事项`, '通知'),
      blocks: [
        ...found(matter),
        heading('办理要求'),
        text(`责任人：${matter.owner ?? '由你单位确定'}。`),
        text(`整改措施：${stopped(matter.remedies ?? '由你单位提出')}`),
        ...dueLine(matter.dueOn),
        heading('核验'),
        text('办理结果由责任人和报告人以外的人核验，核验通过后销号。对本通知有异议的，可以申诉。'),
      ],
    }),
  }),
  talk: kind<Talk>({
    name: '约谈记录',
    word: '督谈',
    form: 'minutes',
    compose: (talk) => ({
      title: titled(`约谈${talk.organization}`, '记录'),
      blocks: [
        text(`${inChinese(talk.heldOn)}，${talk.talkedBy}约谈${talk.talkedTo}。约谈事项：${stopped(talk.matter)}`),
        heading('谈话内容'),
        text(stopped(talk.said)),
        heading('提出的要求'),
        text(stopped(talk.demands)),
        ...(talk.remark ? [heading('被约谈人意见'), text(stopped(talk.remark))] : []),
      ],
      people: [
        { label: '约谈人', names: [talk.talkedBy] },
        { label: '被约谈人', names: [talk.talkedTo] },
      ],
    }),
  }),
  yellow_card: kind<Card>({
    name: '黄牌警示通知书',
    word: '警示',
    form: 'document',
    compose: (card) => ({
      title: titled(`对${card.organization}予以黄牌警示`, '通知'),
      blocks: [
        heading('警示事由'),
        text(stopped(card.grounds)),
        ...card.records.map(({ title, periods }) => text(`“${title}”连续`, periods, '期没有达到要求。')),
        text(`依据：${stopped(card.clause)}`),
        heading('整改要求'),
        text(
          `决定日期：${inChinese(card.decidedOn)}。请于${inChinese(card.dueOn)}前完成附件所列`,
          card.count,
          '项整改，逐项报请责任人和报告人以外的人核验，每月报告一次进展；全部通过后警示解除。',
        ),
        text('对本决定有异议的，可以在规定期限内申诉，由原决定人以外的人办理。'),
      ],
      annexes: [{ title: '整改清单', blocks: [cardItems(card)] }],
    }),
  }),
  rectification_list: kind<Matter>({
    name: '整改清单',
    word: '整改',
    form: 'document',
    compose: (matter) => ({
      title: titled(matter.organization, '整改清单'),
      blocks: [...found(matter), heading('整改措施'), remedyTable(matter)],
    }),
  }),
  closing: kind<Matter>({
    name: '销号确认单',
    word: '销号',
    form: 'document',
    compose: (matter) => ({
      title: titled(`${matter.organization}督办事项销号`, '确认单'),
      blocks: [
        ...found({ ...matter, overdue: null }),
        heading('办理与核验'),
        text(`办理结果：${stopped(matter.report ?? '－')}`),
        text(`核验情况：${stopped(matter.verification ?? '－')}`),
        text('经核验，同意销号。'),
      ],
    }),
  }),
  bulletin: kind<Bulletin>({
    name: '通报',
    word: '督通',
    form: 'document',
    compose: (bulletin) => ({
      title: titled(`${bulletin.quarter}督办事项调度情况`, '通报'),
      blocks: [
        text(
          `现将${bulletin.quarter}督办事项调度情况通报如下。数据截至${inChinese(bulletin.until)}，与${inChinese(bulletin.since)}相比较。`,
        ),
        heading('总体情况'),
        text('未销号事项', bulletin.open, '件；期间新增', bulletin.came, '件，办结', bulletin.closed, '件。'),
        text('其中超过时限', bulletin.overdue, '件，正在等上级', bulletin.waiting, '件；等上级的天数不计入超期。'),
        heading('各单位情况'),
        text('按组织次序排列。'),
        unitTable(bulletin),
        heading('有关要求'),
        text('各单位对照附件逐件核实，按时限办理；需要上级解决的，写明事项和理由，由上级答复。'),
      ],
      annexes: [{ title: '未销号事项清单', blocks: [itemTable(bulletin)] }],
    }),
  }),
  plan: kind<Plan>({
    name: '实施方案',
    word: '案',
    form: 'document',
    compose: (plan) => ({
      title: titled(`${plan.organization}${plan.year}年创建工作`, '实施方案'),
      blocks: [
        ...plan.sections.flatMap((section) => [heading(section.title), ...paragraphs(section.text)]),
        ...(plan.count === null ? [] : [heading('任务清单'), text('任务共', plan.count, '项，按下表办理。'), planTable(plan)]),
      ],
    }),
  }),
} as const
export type PaperKindName = keyof typeof paperKinds

function cardItems(card: Card): PaperBlock {
  return {
    kind: 'table',
    columns: [
      { title: '序号', share: 1 },
      { title: '整改事项', share: 6 },
      { title: '责任人', share: 2 },
      { title: '完成时限', share: 3 },
    ],
    rows: card.items.map((item, at) => [String(at + 1), item.title, item.owner, inChinese(item.dueOn)]),
  }
}

function planTable(plan: Plan): PaperBlock {
  return {
    kind: 'table',
    columns: [
      { title: '序号', share: 1 },
      { title: '工作事项', share: 4 },
      { title: '完成标准', share: 4 },
      { title: '时限', share: 3 },
    ],
    rows: plan.items.map((item, at) => [String(at + 1), item.title, item.criterion, inChinese(item.dueOn)]),
  }
}

/** Lines of a section as paragraphs, none longer than a run may be. */
const paragraphs = (words: string): PaperBlock[] =>
  words
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .flatMap((line) => line.match(/[^]{1,3900}/gu) ?? [])
    .map((line) => text(line))

function unitTable(bulletin: Bulletin): PaperBlock {
  const titles = [
    ['单位', 4],
    ['未销号', 1.4],
    ['新增', 1.4],
    ['办结', 1.4],
    ['超时限', 1.4],
  ] as const
  return {
    kind: 'table',
    columns: titles.map(([title, share]) => ({ title, share })),
    rows: bulletin.units.map((unit) => [unit.name, unit.open, unit.came, unit.closed, unit.overdue]),
  }
}

function itemTable(bulletin: Bulletin): PaperBlock {
  const titles = [
    ['单位', 3],
    ['事项', 6],
    ['状态', 2],
    ['时限', 3],
  ] as const
  return {
    kind: 'table',
    columns: titles.map(([title, share]) => ({ title, share })),
    rows: bulletin.items.map((item) => [item.unit, item.title, item.state, item.due]),
  }
}
