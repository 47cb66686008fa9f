/** Who missed what while attendance is being entered: person → session (0 for all of them) → reason. */
export interface Missed {
  readonly session: number
  readonly reason: string
}
export type Missing = Readonly<Record<string, Missed>>

export const commonReasons = ['出差', '病假', '事假', '值班'] as const

/** One tap makes absent for the commonest reason, the next takes it back. */
export function tapped(missing: Missing, personId: string): Missing {
  const { [personId]: was, ...rest } = missing
  return was ? rest : { ...missing, [personId]: { session: 0, reason: commonReasons[0] } }
}

/** What is sent. */
export function absentOf(missing: Missing) {
  return Object.entries(missing).map(([personId, { session, reason }]) => ({
    personId,
    ...(session > 0 && { session }),
    reason,
  }))
}

/** What was entered before, where it can be shown in one line a person: the whole class, or one session. */
export function missingOf(
  people: readonly {
    readonly personId: string
    readonly missed: readonly { readonly session: number; readonly reason: string }[]
  }[],
  sessions: number,
): Missing {
  return Object.fromEntries(
    people.flatMap(({ personId, missed }) => {
      const [first] = missed
      if (!first) return []
      return [[personId, { session: missed.length === sessions ? 0 : first.session, reason: first.reason }]]
    }),
  )
}
