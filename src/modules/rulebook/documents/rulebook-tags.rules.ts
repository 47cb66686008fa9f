import type { RulebookTag } from './rulebook-tags.contract.ts'
import { nearest } from './rulebook-remedies.rules.ts'
import type { RulebookPath } from './rulebook-source.rules.ts'

interface TaggedFile {
  readonly fileName: string
  readonly rulebook: {
    readonly tags: readonly RulebookTag[]
    readonly requirements: readonly { readonly measure: { readonly params: Readonly<Record<string, unknown>> } }[]
  }
}
type Report<File> = (file: File, path: RulebookPath, message: string) => void

function checkOwn<File extends TaggedFile>(file: File, owners: Map<string, File>, report: Report<File>): void {
  for (const [index, tag] of file.rulebook.tags.entries()) {
    const owner = owners.get(tag.code)
    if (owner)
      report(file, ['tags', index, 'code'], `标签“${tag.code}”已在 ${owner.fileName} 里定义，直接引用即可，请删去这一项。`)
    else owners.set(tag.code, file)
    for (const list of ['categories', 'quality'] as const) {
      const codes = tag[list].map(({ code }) => code)
      const twice = codes.findIndex((code, place) => codes.indexOf(code) < place)
      if (twice >= 0) report(file, ['tags', index, list, twice, 'code'], `代号“${codes[twice]}”在这个标签里重复，请换一个。`)
    }
  }
}

/** Tags that a measure's parameters name, at the top or one level down, with their places. */
function tagsNamed(params: Readonly<Record<string, unknown>>): { tag: string; path: RulebookPath }[] {
  return Object.entries(params).flatMap(([key, value]) => {
    if (key === 'tags') {
      const list: unknown[] = Array.isArray(value) ? value : [value]
      return list.flatMap((tag, index) => (typeof tag === 'string' ? [{ tag, path: [key, index] }] : []))
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return []
    return tagsNamed(value as Readonly<Record<string, unknown>>).map(({ tag, path }) => ({ tag, path: [key, ...path] }))
  })
}

/** Tags are defined once across files that are loaded together, and what a measure names is defined there or was loaded before. */
export function checkTags<File extends TaggedFile>(
  files: readonly File[],
  report: Report<File>,
  loaded: readonly string[] = [],
): void {
  const owners = new Map<string, File>()
  for (const file of files) checkOwn(file, owners, report)
  const known = [...owners.keys(), ...loaded]
  for (const file of files) {
    for (const [index, { measure }] of file.rulebook.requirements.entries()) {
      for (const { tag, path } of tagsNamed(measure.params).filter((named) => !known.includes(named.tag))) {
        const meant = nearest(tag, known)
        report(
          file,
          ['requirements', index, 'measure', 'params', ...path],
          `没有代号为“${tag}”的标签，${meant ? `是不是“${meant}”？` : ''}请在 tags 里定义它，或改正。`,
        )
      }
    }
  }
}
