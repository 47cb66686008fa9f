import { problems } from '../../../kernel/errors/problem.ts'

problems({
  'orglife.request_report_not_found': { status: 404, title: '没有找到这份请示报告，或不在您的管理范围内。' },
  'orglife.request_report_not_allowed_now': { status: 409, title: '这份请示报告现在的状态不能这样办。' },
  'orglife.no_superior': { status: 422, title: '这个组织上面没有可以报送的党组织，请核对组织。' },
  'orglife.not_a_superior': { status: 422, title: '请示报告逐级报给上级，所选组织不是上级，请从列出的上级中选。' },
  'orglife.level_skipped': { status: 422, title: '报给的不是直接上级。请改报直接上级；确需越级的，写明理由。' },
  'orglife.report_holds_request': {
    status: 422,
    title: '报告里夹带了请示。请示另行成文；上级对报告不作批复。请删去这句，或把文种改为请示。',
  },
  'orglife.after_act_unexplained': {
    status: 422,
    title: '办理日期已经到了，这是事后报送。请写明为什么没有事前请示、已经怎样处置。',
  },
  'orglife.own_request': { status: 409, title: '这份请示报告是您报送的，请由别的同志办理。' },
  'orglife.request_unanswered': { status: 422, title: '请示要先答复再办结。' },
  'orglife.follow_up_owed': { status: 422, title: '下级还没有报告办理结果，收到以后再办结。' },
  'orglife.delay_told_late': {
    status: 422,
    title: '说明延期要在期满之前，答复日期要在原期限之后；报告没有答复期限。已经超期的请尽快答复。',
  },
  'orglife.report_not_passed': { status: 422, title: '上面没有再上一级的党组织，请直接答复。' },
  'orglife.deciding_meeting_not_found': { status: 422, title: '没有找到研究这件事的会议，请从本组织已记的会议中选。' },
})
