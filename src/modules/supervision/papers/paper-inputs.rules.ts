import type { PaperFigure } from '../../../kernel/papers/paper.contract.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'

/** A supervised matter as papers speak of it. */
export interface Matter {
  readonly organization: string
  readonly title: string
  readonly number: string | null
  readonly why: string
  readonly clauses: readonly { readonly code: string; readonly title: string }[]
  readonly owner: string | null
  readonly dueOn: CivilDate | null
  readonly remedies: string | null
  readonly overdue: PaperFigure | null
  readonly records: PaperFigure | null
  readonly report: string | null
  readonly verification: string | null
  /** What is to be put right one by one, where it has owners and days of its own; else it is made of the remedies. */
  readonly items?: readonly ListedItem[]
}

export interface ListedItem {
  readonly title: string
  readonly owner: string
  readonly dueOn: CivilDate
}

export interface Talk {
  readonly organization: string
  readonly heldOn: CivilDate
  readonly talkedBy: string
  readonly talkedTo: string
  readonly matter: string
  readonly said: string
  readonly demands: string
  readonly remark: string | null
}

export interface Card {
  readonly organization: string
  readonly grounds: string
  readonly clause: string
  /** Requirements that were missed, each with the number of periods running. */
  readonly records: readonly { readonly title: string; readonly periods: PaperFigure }[]
  readonly count: PaperFigure
  readonly decidedOn: CivilDate
  readonly dueOn: CivilDate
  readonly items: readonly ListedItem[]
}

export interface Bulletin {
  readonly quarter: string
  readonly since: CivilDate
  readonly until: CivilDate
  readonly open: PaperFigure
  readonly came: PaperFigure
  readonly closed: PaperFigure
  readonly overdue: PaperFigure
  readonly waiting: PaperFigure
  readonly units: readonly {
    readonly name: string
    readonly open: string
    readonly came: string
    readonly closed: string
    readonly overdue: string
  }[]
  readonly items: readonly { readonly unit: string; readonly title: string; readonly state: string; readonly due: string }[]
}

export interface Plan {
  readonly organization: string
  readonly year: number
  readonly sections: readonly { readonly title: string; readonly text: string }[]
  readonly count: PaperFigure | null
  readonly items: readonly { readonly title: string; readonly dueOn: CivilDate; readonly criterion: string }[]
}
