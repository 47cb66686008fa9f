import type { Draw } from './draw.ts'

const surnames = Array.from(
  '李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜',
)

/** Given names that say of themselves that nobody bears them. */
const givenNames = (
  '示范 样例 虚构 演示 拟定 试用 测试 设例 示意 假名 编造 造名 例子 样本 举例 模拟 假设 设想 仿真 范例 样张 试例 拟名 假定 虚拟 演练 试名 例证 ' +
  '示例 样板 化名 代称 拟作 试写 假托 虚设 设定 例举 仿例 试拟'
).split(' ')

/** A made-up name such as 李示范, recognizable as made up. */
export function madeName(draw: Draw, taken: ReadonlySet<string>): string {
  for (let tries = 0; tries < 200; tries += 1) {
    const name = draw.one(surnames) + draw.one(givenNames)
    if (!taken.has(name)) return name
  }
  throw new RangeError('no name is left in this branch')
}

/** All surnames and given names, for loads that are made inside the database. */
export const nameParts = { surnames, givenNames } as const

/** Departments after which branches are named. */
export const departments = (
  '办公室 综合处 人事处 财务处 法规处 规划处 政策研究处 督查处 信息处 宣传处 审计处 安全处 统计处 标准处 项目处 协作处 监测处 评估处 服务处 行政审批处 ' +
  '档案处 后勤处 老干部处 科技处 资源处 投资处 市场处 基层处 培训处 保障处'
).split(' ')

export const absenceReasons = ['出差', '病假', '事假', '值班', '参加培训', '借调在外', '下乡驻点'] as const
export const lateReasons = [
  '记录人出差，回来后补记。',
  '会议材料整理较慢，月后才录入。',
  '支部书记轮换，交接后补记。',
  '当时误以为已经保存，核对时发现没有。',
] as const
export const theoryTitles = [
  '学习理论文章（演示）',
  '学习上级会议精神（演示）',
  '学习原著选读（演示）',
  '学习重要讲话摘编（演示）',
] as const
export const affairsTitles = [
  '通报支部工作（演示）',
  '研究下月工作安排（演示）',
  '讨论积极分子培养（演示）',
  '检查上次决议落实（演示）',
] as const
export const businessTitles = ['讨论业务工作进度（演示）', '研究重点项目（演示）', '通报考勤和安全事项（演示）'] as const
export const themeTitles = ['重温入党誓词', '走进社区服务', '学习先进典型', '廉洁教育', '志愿服务', '民主议事'] as const
export const lectureTitles = ['从示例谈作风', '做合格的示范党员', '表率怎样做', '机关工作怎样联系群众'] as const
export const resolutionTexts = [
  '每名党员本月参加一次志愿服务（演示）',
  '整理学习资料并分发到小组（演示）',
  '修改支部年度计划（演示）',
] as const
export const places = ['党员活动室', '三楼会议室', '一楼多功能厅', null] as const
