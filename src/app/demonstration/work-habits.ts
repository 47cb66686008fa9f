/** Something that an organization of the demonstration does in certain months and records. */
export interface Habit {
  /** Tags with the category where the tag asks for one. */
  readonly tags: readonly (readonly [tag: string, category: string | null])[]
  readonly months: readonly number[]
  readonly title: string
  readonly content: string
  readonly hours?: number
  readonly quantity?: readonly [least: number, most: number]
  readonly place?: string
  /** Who is entered as taking part; nobody where nothing is said. */
  readonly people?: 'secretary' | 'committee' | 'members'
  /** Of those who might take part, how many do; all where nothing is said. */
  readonly attendance?: number
  /** How surely it happens, beside the organization's own reliability. */
  readonly sure?: number
}

const habit = (
  tag: string,
  months: readonly number[],
  is: Omit<Habit, 'tags' | 'months'> & { readonly category?: string },
): Habit => {
  const { category = null, ...rest } = is
  return { tags: [[tag, category]], months, ...rest }
}

const dutyReport = (category: string) =>
  habit('duty_report', [12], {
    category,
    title: category === 'members' ? '书记向党员大会述职' : '书记向上级党组织述职',
    content: '报告抓党建的情况、不足和打算，听取评议（演示）。',
    people: 'secretary',
    sure: 0.98,
  })

/** Of a branch: what the rules ask of it and no module of its own records. */
export const branchHabits: readonly Habit[] = [
  habit('dues_notice', [3], { title: '公布上年度党费收缴情况', content: '在党员大会上公布（演示）。', sure: 0.98 }),
  habit('heart_talk', [4], {
    category: 'between_committee',
    title: '支委之间谈心谈话',
    content: '互相谈了工作和改进意见（演示）。',
    people: 'committee',
    sure: 0.95,
  }),
  habit('heart_talk', [9], {
    category: 'committee_member',
    title: '支委与党员谈心谈话',
    content: '逐人谈了思想和工作（演示）。',
    people: 'members',
    attendance: 0.995,
    sure: 0.95,
  }),
  habit('oath_review', [6], {
    category: 'oath',
    title: '重温入党誓词',
    content: '面向党旗重温誓词，谈了体会（演示）。',
    people: 'members',
    attendance: 0.9,
    place: '党员活动室',
  }),
  habit('micro_talk', [5], {
    title: '支部书记微宣讲',
    content: '到服务大厅讲了便民措施（演示）。',
    people: 'secretary',
    quantity: [8, 40],
    place: '服务大厅',
    sure: 0.85,
  }),
  dutyReport('upwards'),
  dutyReport('members'),
]

const training = (months: readonly number[], is: { category: string; hours: number; title: string; sure?: number }): Habit =>
  habit('training', months, { ...is, content: '集中办班，按课程表上课（演示）。', people: 'members', attendance: 0.97 })

/** Of whatever stands at the head of a unit's party organization, for all its people. */
export const trainings: readonly Habit[] = [
  training([4], { category: 'political_theory', hours: 16, title: '春季集中轮训·政治理论' }),
  training([5], { category: 'party_spirit', hours: 4, title: '春季集中轮训·党性教育' }),
  training([9], { category: 'political_theory', hours: 12, title: '秋季集中轮训·政治理论' }),
  training([10], { category: 'professional', hours: 4, title: '秋季集中轮训·业务能力' }),
  training([7], { category: 'professional', hours: 12, title: '业务培训班', sure: 0.18 }),
]

/** Of a general branch, and of a party committee too. */
export const bodyHabits: readonly Habit[] = [
  habit('reading', [4, 10], {
    category: 'political_theory',
    title: '推荐一期书目',
    content: '推荐书目，安排分组阅读（演示）。',
    quantity: [2, 6],
  }),
  habit('ideology_report', [7], { title: '汇报思想政治工作情况', content: '向党组和工委汇报（演示）。' }),
  habit('organ_life_notice', [6], { title: '检查通报组织生活', content: '查看各支部记录并通报（演示）。', quantity: [2, 9] }),
  habit('dual_life_report', [7], { title: '报告双重组织生活情况', content: '报告领导干部参加情况（演示）。' }),
  habit('staff_care', [2], { title: '走访党务工作者', content: '谈心，听取意见（演示）。', people: 'committee', sure: 0.9 }),
  dutyReport('upwards'),
]

export const committeeHabits: readonly Habit[] = [
  ...bodyHabits,
  habit('political_check', [8], { title: '到支部专项考察', content: '按清单看了记录，反馈了两条意见（演示）。', place: '支部' }),
  habit('education_report', [1], { title: '报告党员教育管理情况', content: '写入上年度报告（演示）。' }),
]

export const unitHabits: readonly Habit[] = [
  habit('unit_plan', [3], { title: '修订实施方案', content: '党组研究后印发，分工到人（演示）。', sure: 0.95 }),
  habit('activity_budget', [1], { title: '党组织活动经费列入预算', content: '列入本年度部门预算（演示）。' }),
  habit('public_example', [7], {
    category: 'neighbour',
    title: '宣传身边好人',
    content: '在单位专栏刊出事迹（演示）。',
    people: 'members',
    attendance: 0.02,
    sure: 0.9,
  }),
  habit('good_practice', [9], { title: '总结一项好做法', content: '写成材料在单位内交流（演示）。', sure: 0.8 }),
]

export const leadingGroupHabits: readonly Habit[] = [
  habit('party_building_study', [3, 8], { title: '研究机关党建', content: '听取汇报，议定三件事（演示）。', sure: 0.97 }),
  habit('strict_governance_study', [3, 8], { title: '研究全面从严治党', content: '研究重点任务（演示）。', sure: 0.9 }),
  habit('party_building_notice', [2], {
    title: '通报抓机关党建情况',
    content: '在党员干部大会上通报并接受评议（演示）。',
    quantity: [20, 120],
  }),
]

/** Of the working committee itself. */
export const cityHabits: readonly Habit[] = [
  habit('committee_inspection', [5, 10], {
    title: '督查党建责任制落实',
    content: '督查部分单位，结果反馈（演示）。',
    quantity: [3, 8],
  }),
  habit('city_hearing', [8], { title: '市委听取工委汇报', content: '汇报机关党建情况（演示）。' }),
  habit('branch_study', [4], { title: '专题研究支部建设', content: '研究薄弱支部的改进（演示）。' }),
  habit('duty_report', [12], { category: 'city', title: '工委书记述职', content: '向市委述职（演示）。' }),
]
