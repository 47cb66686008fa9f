/** A kind of function that regulations forbid, with the words by which it would show itself. */
export interface RedLine {
  readonly name: string
  readonly clause: string
  /** Patterns over the words of an identifier, lower case and parted by blanks. */
  readonly identifiers: readonly string[]
  /** Words in texts that a user reads, and in names. */
  readonly chinese: readonly string[]
  /** Patterns over code without its comments, for what no single name shows. */
  readonly source?: readonly string[]
}

export interface RedLineException {
  readonly line: string
  readonly file: string
  /** The finding exactly as reported. */
  readonly found: string
  readonly reason: string
}

/** The words of one file that do something. */
export interface Named {
  readonly path: string
  readonly identifiers: readonly string[]
  readonly texts: readonly string[]
  readonly source: string
}

export interface Crossing {
  readonly line: string
  readonly file: string
  readonly found: string
}

/** Every place where the product crosses a red line. */
export function crossings(files: readonly Named[], lines: readonly RedLine[]): Crossing[] {
  return lines.flatMap((line) => {
    const names = new RegExp(`\\b(${line.identifiers.join('|')})\\b`)
    const sources = (line.source ?? []).map((pattern) => new RegExp(pattern, 'i'))
    const spoken = (text: string) => line.chinese.filter((word) => text.includes(word)).map((word) => around(text, word))
    return files.flatMap((file) => {
      const found = [
        ...file.identifiers.filter((identifier) => names.test(wordsOf(identifier))),
        ...[...file.identifiers, ...file.texts].flatMap(spoken),
        ...sources.flatMap((pattern) => pattern.exec(file.source)?.[0] ?? []),
      ]
      return [...new Set(found)].map((one): Crossing => ({ line: line.name, file: file.path, found: one }))
    })
  })
}

/** What is left after the exceptions, and the exceptions that nothing needs any more. */
export function judge(found: readonly Crossing[], exceptions: readonly RedLineException[]): string[] {
  const covers = (exception: RedLineException, one: Crossing) =>
    exception.line === one.line && exception.file === one.file && exception.found === one.found
  const left = found.filter((one) => !exceptions.some((exception) => covers(exception, one)))
  const stale = exceptions.filter((exception) => !found.some((one) => covers(exception, one)))
  return [
    ...left.map((one) => `${one.line}  ${one.file}  ${one.found}`),
    ...stale.map((one) => `the exception ${one.line} ${one.file} ${one.found} is needed no longer`),
  ]
}

/** The word with what stands beside it, so that an exception covers one sentence and not a whole file. */
function around(text: string, word: string): string {
  const at = text.indexOf(word)
  return text.slice(Math.max(0, at - 12), at + word.length + 12).trim()
}

/** `lastLoginRate`, `last_login_rate` and `last-login-rate` are all “last login rate”. */
function wordsOf(identifier: string): string {
  return identifier
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .replace(/[^A-Za-z0-9]+/g, ' ')
    .toLowerCase()
}
