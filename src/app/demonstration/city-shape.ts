import type { Draw } from './draw.ts'

/** How a unit's party organization is built and how many people each branch has. */
export interface UnitShape {
  readonly name: string
  /** What stands directly under the unit: a party committee, only a general branch, or only a branch. */
  readonly form: 'party_committee' | 'general_branch' | 'branch'
  /** Members of each branch directly under it. */
  readonly branches: readonly number[]
  /** General branches under the party committee, each with the members of its branches. */
  readonly generalBranches: readonly (readonly number[])[]
  /** Members of a branch that several small offices keep together. */
  readonly joint: number | null
  /** A temporary branch for a project, with a day on which it ends. */
  readonly temporary: boolean
  /** People who are not in the party. */
  readonly staff: number
}

const shape = (name: string, form: UnitShape['form'], is: Partial<UnitShape>): UnitShape => ({
  name,
  form,
  branches: [],
  generalBranches: [],
  joint: null,
  temporary: false,
  staff: 8,
  ...is,
})

/** The small city: eight units, none like the other. */
export const smallCity: readonly UnitShape[] = [
  shape('示例发改局', 'party_committee', {
    branches: [24, 12, 9],
    generalBranches: [
      [21, 13, 8, 5],
      [16, 11, 9, 14],
    ],
    staff: 14,
  }),
  shape('示例教育局', 'party_committee', { branches: [26, 18, 15, 12, 11, 9, 14, 6, 10], staff: 12 }),
  shape('示例住建局', 'party_committee', { branches: [22, 14, 10, 12, 8, 11], generalBranches: [[15, 12, 5]], staff: 10 }),
  shape('示例民政局', 'general_branch', { branches: [14, 11, 9, 12, 6, 8], staff: 7 }),
  shape('示例统计局', 'party_committee', { branches: [28, 21, 19, 22, 17], staff: 8 }),
  shape('示例档案馆', 'branch', { branches: [16], staff: 5 }),
  shape('示例卫健局', 'party_committee', { branches: [23, 17, 15, 13, 12, 10, 9, 14, 5, 11], temporary: true, staff: 12 }),
  shape('示例交通局', 'party_committee', { branches: [25, 16, 14, 13, 11, 9, 18], joint: 9, staff: 9 }),
]

/** A larger city of 120 units with about a thousand branches and thirty thousand people. */
export function largeCity(draw: Draw): UnitShape[] {
  return Array.from({ length: 120 }, (_, index) => {
    const name = `示例单位${String(index + 1).padStart(3, '0')}`
    const own = draw.of(name)
    const sizes = (count: number) => Array.from({ length: count }, () => own.between(8, 48))
    const kind = own.number()
    if (kind < 0.06) return shape(name, 'branch', { branches: sizes(1), staff: own.between(3, 12) })
    if (kind < 0.16) return shape(name, 'general_branch', { branches: sizes(own.between(3, 6)), staff: own.between(8, 20) })
    const generalBranches = kind > 0.6 ? Array.from({ length: own.between(1, 3) }, () => sizes(own.between(3, 5))) : []
    return shape(name, 'party_committee', {
      branches: sizes(own.between(4, 9)),
      generalBranches,
      joint: own.chance(0.2) ? own.between(5, 12) : null,
      temporary: own.chance(0.1),
      staff: own.between(10, 30),
    })
  })
}
