import { problems } from '../../../kernel/errors/problem.ts'

problems({
  'orglife.entry_not_found': { status: 404, title: '没有找到这条记录，或不在您的管理范围内。' },
  'orglife.entry_in_future': { status: 422, title: '日期还没到，做完以后再记。' },
  'orglife.entry_unfit': { status: 422, title: '所填内容前后对不上，请按提示改。' },
  'orglife.entry_kind_does_not_fit': { status: 422, title: '所选组织不记这一种，请核对组织。' },
})
