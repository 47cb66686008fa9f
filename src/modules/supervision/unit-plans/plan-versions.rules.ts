/** A plan's words, as far as they are compared. */
export interface ComparedPlan {
  readonly title: string
  readonly sections: readonly { readonly title: string; readonly text: string }[]
  readonly items: readonly { readonly title: string; readonly criterion: string; readonly dueOn: string }[]
}
export interface PlanDifference {
  readonly what: string
  readonly kind: '新增' | '删去' | '改动'
  readonly before: string | null
  readonly after: string | null
}

interface Part {
  readonly what: string
  readonly text: string
}

const partsOf = (plan: ComparedPlan): Part[] => [
  { what: '名称', text: plan.title },
  ...plan.sections.map(({ title, text }) => ({ what: `“${title}”一节`, text })),
  ...plan.items.map(({ title, criterion, dueOn }) => ({ what: `任务“${title}”`, text: `${criterion}（${dueOn}）` })),
]

/** What a later version adds, drops and rewords; parts are the same when they bear the same heading. */
export function comparePlans(earlier: ComparedPlan, later: ComparedPlan): PlanDifference[] {
  const [before, after] = [partsOf(earlier), partsOf(later)]
  const find = (parts: readonly Part[], what: string) => parts.find((part) => part.what === what)
  const kept = after.flatMap((part): PlanDifference[] => {
    const old = find(before, part.what)
    if (!old) return [{ what: part.what, kind: '新增', before: null, after: part.text }]
    return old.text === part.text ? [] : [{ what: part.what, kind: '改动', before: old.text, after: part.text }]
  })
  const gone = before
    .filter((part) => !find(after, part.what))
    .map((part): PlanDifference => ({ what: part.what, kind: '删去', before: part.text, after: null }))
  return [...kept, ...gone]
}
