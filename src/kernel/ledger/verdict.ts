import type { LedgerVerdict } from './verify.ts'

/** The verdict in a sentence that says what to do next. */
export function verdictOf({ whole, entries, vouched, waiting, findings }: LedgerVerdict): string {
  if (!whole) {
    const more = findings.length > 1 ? `等 ${findings.length} 处` : ''
    return `台账不完整：${findings[0]?.says ?? ''}${more}请停止改动数据库，保全数据文件夹和备份，并报告上级。`
  }
  const open = entries - vouched + waiting
  return `台账完整：共 ${entries} 条，${vouched} 条由签名点担保${open > 0 ? `，最新 ${open} 条尚待下一个签名点` : ''}。请把最新的签名点抄送本单位以外保存。`
}
