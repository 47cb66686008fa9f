import type { CivilDate } from '../../kernel/time/civil-date.ts'
import type { MeetingKind } from '../../modules/orglife/meetings/meetings.contract.ts'
import type { Draw } from './draw.ts'
import { nameParts } from './made-names.ts'

const words: Readonly<Record<string, readonly string[]>> = {
  事: '走访老旧小区/核对党费名册/整理档案柜/更新公示栏/帮扶结对村/清点活动经费/修订值班表/联系退休老党员/准备季度党课/接待来访群众/检查消防通道/规范印章登记/协调车位/统计志愿时长/修缮活动室'.split(
    '/',
  ),
  题: '窗口排队偏长/楼道照明坏了很久/公文流转太慢/会议开得太碎/食堂浪费不少/新同志摸不着门路/资料室没人管/电子章用起来麻烦/报表口径不一/午休时没人值守/共享单车堵了门口/隔壁施工太吵'.split(
    '/',
  ),
  法: '先试行两周再看效果/列成清单逐项销掉/请物业一起到现场看/分成三个小队轮着来/把步骤写成一页纸贴出来/每周碰一次头/找兄弟支部取经/由年轻同志牵头/先摸清底数再定/能合并的都合并/请纪检委员盯一盯/改到线上办'.split(
    '/',
  ),
  人: '组织委员/宣传委员/纪检委员/党小组组长/青年委员/支部书记/财务科的同志/新转来的同志/返聘的老同志/窗口负责人/信息员/挂职的同志'.split(
    '/',
  ),
  时: '下月头一周/本季度末/节后上班头几天/月底之前/汛期到来之前/下次党日之前/年底盘点时/换届之前/开学之前/入冬以前'.split('/'),
  学: '怎样跟群众把话说到点子上/办事流程哪里还能省一步/文件送阅的规矩/身边人做的几件小事/别处化解邻里纠纷的做法/老党员当年修水渠的经历/档案里翻出的一封旧信/防范电信骗局的几个例子/公文里常见的错别字/一次没办成的事错在哪里'.split(
    '/',
  ),
  感: '光听不干没有用/说到做到才有人信/小事拖久了就成大事/规矩要先管住自己/别把麻烦推给窗口/多跑一趟比多打十个电话强/问题摆到桌面上反而好办/不懂就问不丢人/先把手头的活做细/谁家都会遇上难处'.split(
    '/',
  ),
  地: '东门社区/河西村/老干部活动中心/南街市场/园区孵化楼/北站广场/档案库房/政务大厅二楼/图书馆分馆/水厂家属院/青年公寓/旧厂房改造点'.split(
    '/',
  ),
}

/** Frames of sentences; {人} is drawn, {名} is somebody by surname. Made up, like everything here. */
const frames = `{名}说起{题}，建议{法}
会上定下{时}由{人}负责{事}，{法}
{人}汇报了{事}的进展，剩下的准备{时}做完
大家围绕{学}谈了谈，{名}觉得{感}
{名}念了一段材料，讲的是{学}，几位同志接着讲了自己经手的例子
针对{题}，多数人赞成{法}，{名}保留不同看法
{人}提醒{时}要去{地}，路远的拼车，自带水杯
从{地}回来的{名}讲了见闻，说那里也碰上过{题}
讨论{事}时争了几句，最后同意{法}
{名}检讨自己上回{事}没有跟到底，表示{感}
表扬了主动{事}的{名}，{人}请他把做法写下来
商量去{地}慰问的名单，{人}列了初稿，{时}前补齐
{人}念了收支，经费主要花在{事}上，没有异议
有人问{题}到底归谁管，{人}答应{时}给回话
新来的{名}作了自我介绍，分到{地}的联系小组
对照上次记下的{题}，{人}说已经{法}，大家认为还不够
{名}主张把{事}和{事}并在一起做，省得来回跑
围着{学}提了三个疑问，{人}当场答了两个，余下的{时}再议
会后{人}留下几位，单独商量{题}
{地}送来一面锦旗，{名}说这事是{人}办的，不该自己领
{人}转达上级回复：关于{题}，可以{法}
轮到{名}领学，选的是{学}，边讲边画了张示意图
几位老同志回忆了{地}从前的样子，感叹{感}
{名}因为{事}耽误了报销，请{人}代为说明
定了个小目标：{时}把{题}解决掉，办法是{法}
{人}把{事}拆成几段，请{名}先做头一段
谈心时{名}说最愁的是{题}，{人}劝他{法}
{地}的负责人列席，讲了{事}里最费劲的地方
翻看上年台账，发现{题}提过两回，决定{法}
{名}提议{时}请{地}的讲解员来一趟，主题是{学}`.split('\n')

/** What was sent to every branch in a month: the same words everywhere, and nobody copied from anybody. */
const sent = [
  '按照统一安排，本月集中学习的参考材料由机关党委印发到每个支部，各支部结合实际自行讨论',
  '参考材料列出的讨论提纲是：本岗位有哪些事还能替群众多想一步，哪些流程还能再减一个环节',
  '年底前各支部要把组织生活记录补齐归档，纸质和电子材料相互对得上，具体要求见附件清单',
  '入冬后请各支部检查办公场所的用电用火，离开时关闭电源，值班人员做好交接登记',
] as const

function filled(frame: string, draw: Draw): string {
  return frame.replace(/\{(.)\}/gu, (_, slot: string) =>
    slot === '名' ? `${draw.one(['老', '小'])}${draw.one(nameParts.surnames)}` : draw.one(words[slot] ?? ['']),
  )
}

/** Minutes as a branch might keep them, or null: many keep none. Half of them repeat what was sent to all that month. */
export function madeMinutes(draw: Draw, month: CivilDate): string | null {
  if (!draw.chance(0.6)) return null
  const chosen = new Set<string>()
  const most = draw.between(4, 7)
  while (chosen.size < most) chosen.add(draw.one(frames))
  const own = [...chosen].map((frame) => filled(frame, draw))
  const at = (Number(month.slice(5, 7)) * 2) % sent.length
  const shared = draw.chance(0.5) ? sent.slice(at, at + 2) : []
  return `${[...shared, ...own].join('。')}。`
}

/** Hours that leave everybody time to come from one meeting to the next. */
const slots: Readonly<Partial<Record<MeetingKind, readonly [string, string]>>> = {
  leading_group_meeting: ['08:30', '09:50'],
  party_committee_meeting: ['10:00', '11:30'],
  theory_study_group: ['10:00', '11:30'],
  staff_assembly: ['09:00', '11:00'],
  lecture: ['10:00', '11:20'],
  theme_day: ['14:00', '15:30'],
  members_meeting: ['14:00', '15:30'],
  group_meeting: ['15:40', '16:20'],
  committee_meeting: ['16:40', '17:30'],
  organization_life_meeting: ['16:30', '17:50'],
}

/** When a meeting began and ended, where it was written down. */
export function madeHours(draw: Draw, kinds: readonly MeetingKind[]): { startsAt: string | null; endsAt: string | null } {
  const slot = kinds.map((kind) => slots[kind]).find((hours) => hours !== undefined)
  return slot && draw.chance(0.7) ? { startsAt: slot[0], endsAt: slot[1] } : { startsAt: null, endsAt: null }
}
