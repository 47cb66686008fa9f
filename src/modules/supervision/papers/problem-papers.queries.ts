import { Problem } from '../../../kernel/errors/problem.ts'
import { followerNo } from '../cases/case-owner.queries.ts'
import { problemAsked } from '../problems/problem-page.queries.ts'
import type { ProblemPage } from '../problems/problems.contract.ts'
import { sources } from '../problems/problems.lifecycle.ts'
import { findProblem } from '../problems/problems.store.ts'
import type { Matter } from './paper-inputs.rules.ts'
import { paperKinds } from './paper-kinds.rules.ts'
import { declarePaperSource, type PaperSource } from './paper-sources.queries.ts'

/** A problem as a matter; of whoever told it nothing is said but the sort of source. */
const matterOf = (page: ProblemPage): Matter => ({
  organization: page.organization.name,
  title: page.title,
  number: null,
  why: `${page.description}（来源：${sources[page.source]}）`,
  clauses: [],
  owner: page.owner?.name ?? null,
  dueOn: page.dueOn,
  remedies: page.remedies,
  overdue: null,
  records: null,
  report: page.rectification,
  verification: page.verification,
})

function offersOf(page: ProblemPage): PaperSource['offers'] {
  if (page.state === 'rectifying') return { rectification_list: () => paperKinds.rectification_list.compose(matterOf(page)) }
  if (page.state === 'closed') return { closing: () => paperKinds.closing.compose(matterOf(page)) }
  return {}
}

declarePaperSource('problem', async (read, id, asking) => {
  const stored = await findProblem(read, id)
  if (!stored) throw new Problem('supervision.problem_not_found')
  return {
    revision: stored.revision,
    issuerNo: await followerNo(read, stored.organizationNo),
    addresseeNos: [stored.organizationNo],
    offers: offersOf(await problemAsked(read, id, asking)),
  }
})
