/** 男 or 女; `－` while it is not known. */
export function sexNames(sex: 'male' | 'female' | null): string {
  if (sex === null) return '－'
  return sex === 'male' ? '男' : '女'
}

const standings: Readonly<Record<string, string>> = {
  full: '正式党员',
  probationary: '预备党员',
  development_target: '发展对象',
  activist: '入党积极分子',
  applicant: '入党申请人',
  staff: '其他工作人员',
}

/** A standing of a membership in words; what the server already gives in Chinese stays as it is. */
export function standingName(standing: string): string {
  return standings[standing] ?? standing
}

/** `2024-03-01 至今` for what still holds. */
export function span(from: string, to: string | null): string {
  return `${from} 至${to ? ` ${to}` : '今'}`
}
