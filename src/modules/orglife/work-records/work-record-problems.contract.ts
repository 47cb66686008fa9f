import { problems } from '../../../kernel/errors/problem.ts'

problems({
  'orglife.work_record_not_found': { status: 404, title: '没有找到这条工作纪实，或不在您的管理范围内。' },
  'orglife.work_in_future': { status: 422, title: '日期还没到，做完以后再记。' },
  'orglife.work_days_reversed': { status: 422, title: '开始日期晚于结束日期，请核对。' },
  'orglife.tag_unfit': { status: 422, title: '标签填得不全或不对，请按提示补上。' },
  'orglife.linked_record_not_found': { status: 422, title: '相关记录中有一条没有找到，或不在您的管理范围内，请去掉它。' },
  'orglife.grade_unknown': { status: 422, title: '这个标签没有这个质量等次，请从所列等次中选。' },
  'orglife.grade_by_recorder': { status: 409, title: '这条记录是您记的或改过的，请由别的同志确认质量。' },
  'orglife.grade_needs_superior': { status: 422, title: '质量由上级组织确认；这个组织没有上级，不能确认。' },
})
