import { sql } from 'kysely'
import { keepsFiles } from '../../kernel/files/file-store.ts'
import { courseActs as acts } from '../../modules/supervision/index.ts'
import { type Course, idsIn, type ShownName } from './acting.ts'

/** Signed where the process keeps files; else the draft stays. */
async function signed({ act }: Course, who: ShownName, { ago, id }: { ago: number; id: string }): Promise<void> {
  if (keepsFiles()) await act(who, ago, [acts.issuePaper, { id, reason: '情况属实，照此办理' }])
}

/** A case up to the talk, with its papers. */
export async function caseAndTalk(course: Course): Promise<void> {
  const { act, stage, day } = course
  const { second } = stage
  const { id } = await act('gongwei', 48, [
    acts.openCase,
    {
      organizationId: second.id,
      title: '三季度支部党员大会没有记录（演示）',
      reason: '台账显示七月至九月没有党员大会的记录',
      ownerId: second.personId,
      dueOn: day(-24),
      remedies: '十日内补开；补报会议记录；写明没有开的原因',
    },
  ])
  const notice = await act('danwei', 48, [acts.draftPaper, { kind: 'notice', object: { kind: 'case', id } }])
  await signed(course, 'danwei', { ago: 47, id: notice.id })
  await act('gongwei', 20, [
    acts.talk,
    {
      id,
      talkedToId: second.personId,
      heldOn: day(-20),
      said: '了解没有开会的原因：书记外出，副书记没有主持过。',
      demands: '本月内补开，以后书记外出由副书记主持。',
      dueOn: day(5),
      reason: '超过时限没有报告办理结果',
    },
  ])
  await act('danwei', 19, [acts.confirmTalk, { id, remark: '认识到位，按要求补开。' }])
  const talk = await act('danwei', 18, [acts.draftPaper, { kind: 'talk', object: { kind: 'case', id } }])
  await signed(course, 'danwei', { ago: 18, id: talk.id })
}

async function card(
  { act, day }: Course,
  at: { organizationId: string; ownerId: string; ago: number; grounds: string; items: readonly { title: string; in: number }[] },
): Promise<string> {
  const { organizationId, ownerId, ago, grounds } = at
  const { id } = await act('gongwei', ago, [acts.proposeCard, { organizationId, grounds }])
  await act('danwei', ago - 3, [acts.stateOnCard, { id, statement: '情况属实，支部班子正在调整，请给整改时间。' }])
  const items = at.items.map((item) => ({ title: item.title, ownerId, dueOn: day(item.in) }))
  await act('gongwei', ago - 6, [
    acts.decideCard,
    { id, reason: '听取陈述后集体研究决定', items, isPublic: false, traceMonths: 12 },
  ])
  return id
}

async function passed({ act, platform }: Course, at: { id: string; item: number; ago: number }): Promise<void> {
  const items = await idsIn(
    platform,
    sql`select i.id from supervision.yellow_card_items i join supervision.yellow_cards y on y.no = i.card_no where y.id = ${at.id} order by i.no`,
  )
  const itemId = items[at.item] ?? ''
  await act('danwei', at.ago, [acts.finishItem, { id: at.id, itemId, result: '已经办完，记录已报。' }])
  await act('jiwei', at.ago - 2, [acts.passItem, { id: at.id, itemId, test: '看过记录，问过两名党员，属实' }])
}

/** A card that was lifted, and one that is worked off, with its notice and an appeal that was turned down. */
export async function cards(course: Course): Promise<void> {
  const { act, stage, day } = course
  const lifted = await card(course, {
    organizationId: stage.third.id,
    ownerId: stage.third.personId,
    ago: 150,
    grounds: '上半年连续两个季度没有召开党员大会（演示）',
    items: [
      {
        title: '补开党员大会',
        in: -132,
      },
    ],
  })
  await passed(course, { id: lifted, item: 0, ago: 136 })
  const open = await card(course, {
    organizationId: stage.second.id,
    ownerId: stage.second.personId,
    ago: 40,
    grounds: '三季度没有召开党员大会，督办后仍没有补开（演示）',
    items: [
      {
        title: '补开三季度党员大会',
        in: -8,
      },
      {
        title: '明确副书记代为主持的办法',
        in: 20,
      },
    ],
  })
  const notice = await act('gongwei', 34, [acts.draftPaper, { kind: 'yellow_card', object: { kind: 'yellow_card', id: open } }])
  await signed(course, 'gongwei', { ago: 33, id: notice.id })
  const appeal = await act('danwei', 30, [
    acts.fileAppeal,
    { measure: 'yellow_card', measureId: open, reasons: '九月开过一次会，没有及时记录，请复核。' },
  ])
  await act('fuhe', 28, [acts.takeAppeal, { id: appeal.id }])
  await act('fuhe', 22, [acts.rejectAppeal, { id: appeal.id, decision: '没有查到会议的任何记录，维持原决定。' }])
  await passed(course, { id: open, item: 0, ago: 12 })
  await act('danwei', 6, [
    acts.reportOnCard,
    { id: open, month: day(-6).slice(0, 7), report: '党员大会已补开，第二项正在起草办法。' },
  ])
}
