import { words } from './words.ts'

/** What zod says about a value that does not fit, as far as a sentence needs it. */
export interface IssueLike {
  readonly code?: string | undefined
  readonly origin?: string | undefined
  readonly minimum?: unknown
  readonly maximum?: unknown
  readonly format?: string | undefined
  readonly input?: unknown
}

/** A plain sentence for an issue that the schema gave no words of its own. */
export function issueSentence(issue: IssueLike): string {
  const { input } = issue
  if (input === undefined || input === null || input === '') return words.writeIt
  if (issue.code === 'too_small') return tooSmall(issue)
  if (issue.code === 'too_big') return tooBig(issue)
  if (issue.code === 'invalid_value') return '请从所列各项中选择。'
  if (issue.code === 'invalid_format' && issue.format === 'email') return '请填写完整的邮箱地址。'
  if (issue.code === 'invalid_type' && issue.origin === 'number') return '请填写数字。'
  return '格式不对，请检查后重填。'
}

function tooSmall(issue: IssueLike): string {
  if (issue.origin === 'string') return Number(issue.minimum) <= 1 ? words.writeIt : `至少写 ${String(issue.minimum)} 个字。`
  if (issue.origin === 'array' || issue.origin === 'set') return `至少要有 ${String(issue.minimum)} 项。`
  return `不能小于 ${String(issue.minimum)}。`
}

function tooBig(issue: IssueLike): string {
  if (issue.origin === 'string') return `最多写 ${String(issue.maximum)} 个字。`
  if (issue.origin === 'array' || issue.origin === 'set') return `最多 ${String(issue.maximum)} 项。`
  return `不能大于 ${String(issue.maximum)}。`
}
