import { problems } from '../../../kernel/errors/problem.ts'

problems({
  'orglife.meeting_not_found': { status: 404, title: '没有找到这次会议，或不在您的管理范围内。' },
  'orglife.held_in_future': { status: 422, title: '召开日期还没到。要预定会议，请用“预定会议”。' },
  'orglife.planned_in_past': { status: 422, title: '预定日期已过。已经开过的会，请直接记会议。' },
  'orglife.kind_does_not_fit': { status: 422, title: '这个组织不召开所选类别的会议，请核对组织或类别。' },
  'orglife.organization_did_not_exist': { status: 422, title: '召开日期那天这个组织还没有设立或已经撤销，请核对日期。' },
  'orglife.late_reason_missing': { status: 422, title: '已过记录期限，请填写补记理由后再保存。' },
  'orglife.person_not_expected': { status: 422, title: '名单中有人不在应到之列，请核对缺席人员。' },
  'orglife.votes_exceed_present': { status: 422, title: '票数之和超过到会有表决权的人数，请核对票数。' },
  'orglife.speaker_missing': { status: 422, title: '党课请选择主讲人。' },
  'orglife.nobody_expected': { status: 422, title: '这一天该组织没有应到人员，请先在组织与人员中登记党员。' },
  'orglife.hours_reversed': { status: 422, title: '结束时间要晚于开始时间，请核对。' },
  'orglife.file_not_found': { status: 422, title: '附件没有上传成功，请重新选择文件。' },
})
