import { incoherences } from './rulebook-coherence.rules.ts'
import { type RulebookFile, rulebookFile } from './rulebook-file.contract.ts'
import { mistakesOf } from './rulebook-remedies.rules.ts'
import { type Locate, type RulebookMistake, readRulebookSource } from './rulebook-source.rules.ts'

/** A rulebook file that parsed, with the positions that checks across files need. */
export interface ParsedRulebook {
  readonly ok: true
  readonly fileName: string
  readonly rulebook: RulebookFile
  readonly locate: Locate
}

/** A rulebook file that did not, with all its mistakes in the order of their lines. */
export interface RefusedRulebook {
  readonly ok: false
  readonly fileName: string
  readonly mistakes: readonly RulebookMistake[]
}

/** By place in the file; the YAML reader can report the same thing at the same place many times. */
function inOrder(mistakes: readonly RulebookMistake[]): RulebookMistake[] {
  const seen = new Set<string>()
  const distinct = mistakes.filter(({ line, column, path, message }) => {
    const sign = `${line}:${column}:${path}:${message}`
    return !seen.has(sign) && seen.add(sign)
  })
  return distinct.toSorted((a, b) => a.line - b.line || a.column - b.column)
}

/** Reads one rulebook file. All mistakes are reported at once, each with its line, column and a remedy in Chinese. */
export function parseRulebookFile(text: string, fileName: string): ParsedRulebook | RefusedRulebook {
  const source = readRulebookSource(text)
  if (!source.readable) return { ok: false, fileName, mistakes: inOrder(source.mistakes) }
  const checked = rulebookFile.safeParse(source.value, { reportInput: false })
  const wrong = checked.error?.issues.flatMap((issue) => mistakesOf(issue, source.value, source.locate)) ?? []
  // Comparing entries with each other is not linear: a list beyond its limit is refused for its length alone.
  const comparable = !checked.error?.issues.some((issue) => issue.code === 'too_big' && issue.path.length === 1)
  const mistakes = [...source.mistakes, ...wrong, ...(comparable ? incoherences(source.value, source.locate) : [])]
  if (!checked.success || mistakes.length > 0) return { ok: false, fileName, mistakes: inOrder(mistakes) }
  return { ok: true, fileName, rulebook: checked.data, locate: source.locate }
}

/** The mistakes as an operator reads them, one a line: `sbs-2020.yaml 第 12 行第 5 列 requirements.0.cadence：…`. */
export function mistakesInWords({ fileName, mistakes }: Pick<RefusedRulebook, 'fileName' | 'mistakes'>): string {
  const line = (one: RulebookMistake) =>
    `${fileName} 第 ${one.line} 行第 ${one.column} 列${one.path && ` ${one.path}`}：${one.message}`
  return mistakes.map(line).join('\n')
}
