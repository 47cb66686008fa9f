import { downloadRoute, type Route } from '../../../kernel/http/route.ts'
import type { OfficialPaper } from '../../../kernel/papers/paper.contract.ts'
import { paperFile } from '../../../kernel/papers/paper-file.ts'
import '../classes/classes.policy.ts'
import { classPageOf } from '../classes/classes.queries.ts'
import '../studies/studies.policy.ts'
import { studyPlanPageOf } from '../studies/studies.queries.ts'
import { studyPlanPaper, trainingNotice } from './notices.contract.ts'
import { studyPlanPaperOf, trainingNoticeOf } from './notices.papers.ts'

const file = (paper: OfficialPaper) => paperFile(paper.title, paper)

export const learningPapersRoutes: readonly Route[] = [
  downloadRoute(trainingNotice, {
    permission: 'learning.class.read',
    handle: async ({ params, read, actor, platform }) =>
      file(trainingNoticeOf(await read((db) => classPageOf(db, { actor, today: platform.clock.today() }, params.id)))),
  }),
  downloadRoute(studyPlanPaper, {
    permission: 'learning.study.read',
    handle: async ({ params, read, actor, platform }) =>
      file(studyPlanPaperOf(await read((db) => studyPlanPageOf(db, { actor, today: platform.clock.today() }, params.id)))),
  }),
]
