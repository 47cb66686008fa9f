/** A kind of record with a life of its own: its states, its verbs, and the one table of what may happen next. */
export interface Lifecycle<State extends string, Verb extends string> {
  /** What such a record is called in a sentence, such as `问题`. */
  readonly noun: string
  readonly states: Readonly<Record<State, string>>
  readonly verbs: Readonly<Record<Verb, string>>
  /** What is not here answers 409. */
  readonly table: Readonly<Record<State, Partial<Record<Verb, State>>>>
}

/** Verbs that the table has for a state. */
export function possible<State extends string, Verb extends string>(life: Lifecycle<State, Verb>, state: State): Verb[] {
  return Object.keys(life.table[state]) as Verb[]
}

/** The sentence of a refused verb: where the record stands and what can be done instead. */
export function refusalOf<State extends string, Verb extends string>(
  life: Lifecycle<State, Verb>,
  state: State,
  verb: Verb,
): string {
  const now = possible(life, state).map((one) => life.verbs[one])
  const instead = now.length > 0 ? `现在可以：${now.join('、')}。` : '已经办结。'
  return `${life.noun}现在是“${life.states[state]}”，不能“${life.verbs[verb]}”。${instead}`
}
