/** Why somebody cannot look at an article; null when nothing stands against it. Colleagues are those of one unit, by post or by membership. */
export function conflictOf(
  author: { readonly personNo: number; readonly units: readonly number[] },
  reviewer: { readonly personNo: number; readonly units: readonly number[] },
): 'author' | 'colleague' | null {
  if (author.personNo === reviewer.personNo) return 'author'
  return reviewer.units.some((unit) => author.units.includes(unit)) ? 'colleague' : null
}

export const conflicts = { author: '就是作者本人', colleague: '与作者在同一个单位' } as const
