import { problems } from '../../../kernel/errors/problem.ts'

problems({
  'learning.class_not_found': { status: 404, title: '没有找到这个培训班，或不在您的管理范围内。' },
  'learning.theory_share_below_70': {
    status: 422,
    title: '政治理论课时不到总课时的七成。请增加政治理论课程；确需这样安排的，写明理由后可以创建，但计为未达到。',
  },
  'learning.organization_did_not_exist': { status: 422, title: '所选组织那时还没有设立或已经撤销，请核对日期。' },
  'learning.seats_exceeded': { status: 422, title: '报名人数超过名额，请减少人员或增加名额。' },
  'learning.person_not_registered': { status: 422, title: '缺课的人里有人不在报名名单中，请核对。' },
  'learning.session_unknown': { status: 422, title: '缺课登记里有这个班没有的课，请核对。' },
  'learning.class_ahead': { status: 422, title: '培训班还没有办完，请在最后一课当天或以后登记出勤。' },
  'learning.registration_closed': { status: 409, title: '这个班不收下级报名，或报名已经截止。请与办班组织联系。' },
  'learning.plan_item_unknown': { status: 422, title: '年度计划里没有这个班次，或不是这个组织的计划。' },
  'learning.nobody_registered': { status: 422, title: '还没有报名名单，请先加上参加的人。' },
  'learning.late_reason_missing': { status: 422, title: '已过记录期限，请填写补记理由。' },
})
