import { Problem } from '../../../kernel/errors/problem.ts'

/** What a check says against a row, in the words of its sheet; `columnOf` names the column of a field. */
export async function refusedIn(
  check: () => Promise<unknown>,
  columnOf: (field: string) => string,
): Promise<{ column: string; message: string }[]> {
  try {
    await check()
    return []
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const named = error.errors.map(({ field, message }) => ({ column: columnOf(field), message }))
    return named.length > 0 ? named : [{ column: columnOf(''), message: error.detail }]
  }
}

interface Named {
  readonly personId: string
  readonly name: string
}

/** The one person of a name, or what to do where there is none or more than one. */
export function personCalled(name: string, people: readonly Named[]): { id: string } | { message: string } {
  const found = people.filter((person) => person.name === name)
  if (found.length > 1) return { message: `有 ${found.length} 位“${name}”，这一次请在页面上单独补记。` }
  const [person] = found
  return person ? { id: person.personId } : { message: `那天的名单里没有“${name}”，请核对姓名和日期。` }
}

/** Ids of people by their names; whoever is not found is a fault of the column. */
export function peopleCalled(names: readonly string[], people: readonly Named[], fault: (message: string) => void): string[] {
  return names.flatMap((name) => {
    const found = personCalled(name, people)
    if ('id' in found) return [found.id]
    fault(found.message)
    return []
  })
}
