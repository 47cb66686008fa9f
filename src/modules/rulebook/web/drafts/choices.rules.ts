export interface ChoiceOption {
  readonly value: string
  readonly label: string
}

/** Titles by value as the options of a choice, in their order. */
export const optionsOf = (titles: Readonly<Record<string, string>>): readonly ChoiceOption[] =>
  Object.entries(titles).map(([value, label]) => ({ value, label }))
