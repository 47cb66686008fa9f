import { problems } from './problem.ts'

export const kernelProblems = problems({
  'kernel.invalid_input': { status: 400, title: '提交的内容有误，请按各栏提示改正后再提交。' },
  'kernel.not_signed_in': { status: 401, title: '还没有登录，或登录已过期。请登录后继续，已填写的内容不会丢。' },
  'kernel.half_signed_in': { status: 403, title: '登录还差一步：请先完成动态口令验证或修改密码。' },
  'kernel.foreign_origin': { status: 403, title: '这个请求不是从本站发出的，已拒绝。请从本站页面操作。' },
  'kernel.forbidden': { status: 403, title: '您的职务没有这项权限。如确需办理，请联系上级党组织的管理人员。' },
  'kernel.not_found': { status: 404, title: '没有找到，或不在您的管理范围内。请核对后再试。' },
  'kernel.not_allowed_now': { status: 409, title: '当前状态下不能这样办理，请刷新后看现在可以做什么。' },
  'kernel.changed_meanwhile': { status: 409, title: '这条记录刚被别人改过。请刷新后再提交，您填写的内容仍保留在页面上。' },
  'kernel.request_in_progress': { status: 409, title: '同一请求正在处理，请稍候，不要重复提交。' },
  'kernel.idempotency_key_missing': { status: 400, title: '请求缺少 Idempotency-Key（每次提交一个新的随机值）。' },
  'kernel.idempotency_key_reused': { status: 422, title: '这个 Idempotency-Key 已用于另一份内容，请换一个新的再提交。' },
  'kernel.too_large': { status: 413, title: '内容太大，请减小后再提交。' },
  'kernel.unsupported_media': { status: 415, title: '不支持这种提交格式，请用 JSON。' },
  'kernel.too_many_requests': { status: 429, title: '操作太频繁，请稍后再试。' },
  'kernel.internal': { status: 500, title: '系统出错，没有保存任何半截内容。请稍后再试；如仍不行，请把请求编号告诉管理员。' },
  'kernel.unavailable': { status: 503, title: '暂时不能保存，已提交的内容没有丢。请稍后再试。' },
})
