import type { RulebookRequirement, RulebookTightening } from './rulebook-file.contract.ts'
import type { ParsedRulebook } from './rulebook-file.rules.ts'
import { nearest } from './rulebook-remedies.rules.ts'
import type { RulebookMistake, RulebookPath } from './rulebook-source.rules.ts'
import { checkTags } from './rulebook-tags.rules.ts'

/** A mistake that shows only when several rulebook files stand side by side. */
export interface RulebookSetMistake extends RulebookMistake {
  readonly fileName: string
}

type Report = (file: ParsedRulebook, path: RulebookPath, message: string) => void

function checkDocuments(files: readonly ParsedRulebook[], report: Report): void {
  const seen = new Map<string, string>()
  for (const file of files) {
    const { code } = file.rulebook.document
    const earlier = seen.get(code)
    if (earlier === undefined) seen.set(code, file.fileName)
    else report(file, ['document', 'code'], `文件代号“${code}”已被 ${earlier} 使用，请换一个代号。`)
  }
}

function checkOwners(files: readonly ParsedRulebook[], report: Report): void {
  const owners = new Map<string, ParsedRulebook>()
  for (const file of files) {
    for (const [index, { code }] of file.rulebook.requirements.entries()) {
      const owner = owners.get(code) ?? file
      owners.set(code, owner)
      if (owner === file) continue
      report(
        file,
        ['requirements', index, 'code'],
        `要求代号“${code}”已在 ${owner.fileName} 里，请换一个代号；只改强度的，写到 tightens 里。`,
      )
    }
  }
}

function referenceMistake(reference: string, known: ReadonlyMap<string, readonly string[]>): string | undefined {
  const [document = '', clause = ''] = reference.split(':')
  const clauses = known.get(document)
  if (!clauses) {
    const meant = nearest(document, [...known.keys()])
    return `没有代号为“${document}”的文件，${meant ? `是不是“${meant}”？` : ''}请改正，或先载入那份文件。`
  }
  if (clauses.includes(clause)) return undefined
  const meant = nearest(clause, clauses)
  return `“${document}”里没有条款“${clause}”，${meant ? `是不是“${meant}”？` : ''}请改正。`
}

function checkReferences(files: readonly ParsedRulebook[], report: Report): void {
  const known = new Map(files.map(({ rulebook }) => [rulebook.document.code, rulebook.clauses.map(({ code }) => code)]))
  for (const file of files) {
    for (const section of ['requirements', 'tightens'] as const) {
      for (const [index, { clauses }] of file.rulebook[section].entries()) {
        for (const [place, reference] of clauses.entries()) {
          const mistake = reference.includes(':') ? referenceMistake(reference, known) : undefined
          if (mistake) report(file, [section, index, 'clauses', place], mistake)
        }
      }
    }
  }
}

function tighteningMistake(one: RulebookTightening, all: readonly RulebookRequirement[]): string | undefined {
  const versions = all.filter(({ code }) => code === one.requirement)
  if (versions.length === 0) {
    const meant = nearest(
      one.requirement,
      all.map(({ code }) => code),
    )
    return `没有代号为“${one.requirement}”的要求，${meant ? `是不是“${meant}”？` : ''}请改正，或先载入它所在的文件。`
  }
  const valid = versions.filter(({ valid_to }) => valid_to === undefined || valid_to >= one.from)
  if (valid.length === 0) return `要求“${one.requirement}”到那一天已经停用，请改正日期或删去这一项。`
  if (valid.every(({ strength }) => strength === 'hard')) return `要求“${one.requirement}”本来就是硬要求，请删去这一项。`
  if (valid.every(({ enabled }) => !enabled)) return `要求“${one.requirement}”没有启用，请先核实并启用它，再从严。`
  return undefined
}

function checkTightenings(files: readonly ParsedRulebook[], report: Report): void {
  const all = files.flatMap(({ rulebook }) => rulebook.requirements)
  for (const file of files) {
    for (const [index, one] of file.rulebook.tightens.entries()) {
      const mistake = tighteningMistake(one, all)
      if (mistake) report(file, ['tightens', index, 'requirement'], mistake)
    }
  }
}

/** Checks the files that are loaded together: codes across documents, references between them, and what may be tightened. */
export function checkRulebookSet(files: readonly ParsedRulebook[]): RulebookSetMistake[] {
  const found: RulebookSetMistake[] = []
  const report: Report = (file, path, message) => {
    found.push({ fileName: file.fileName, ...file.locate(path), path: path.join('.'), message })
  }
  checkDocuments(files, report)
  checkOwners(files, report)
  checkReferences(files, report)
  checkTightenings(files, report)
  checkTags(files, report)
  return found
}
