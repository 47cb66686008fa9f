import { writeWorkbook } from '../../../kernel/files/workbook-writer.ts'
import { downloadRoute, type Route, route, uploadRoute } from '../../../kernel/http/route.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { allowsAll } from '../../../kernel/actions/action.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import type { Read } from '../../../kernel/database/handles.ts'
import { studyCoverageOf } from './coverage.queries.ts'
import { questionsSheet, readQuestions } from './questions-sheet.store.ts'
import * as acts from './studies.actions.ts'
import * as contract from './studies.contract.ts'
import './studies.policy.ts'
import { studyPlanPageOf, studyPlansAsked, testOf } from './studies.queries.ts'
import { triedTest } from './test.queries.ts'
import { replaceQuestionsAction, takeTestAction } from './units.actions.ts'
import { findUnit, questionsOf, type StoredUnit } from './units.store.ts'

/** The unit whose bank the reader keeps; whoever only learns from it does not see what is right. */
async function keptUnit(read: Read, actor: Actor, id: string): Promise<StoredUnit> {
  const unit = await findUnit(read, id)
  const asked = { permission: 'learning.study.questions', organizations: unit ? [unit.organizationNo] : [] }
  if (!unit || !(await allowsAll(read, actor, asked))) throw new Problem('learning.study_unit_not_found')
  return unit
}

const unitRoutes: readonly Route[] = [
  downloadRoute(contract.questionsTemplate, {
    permission: 'learning.study.questions',
    handle: async () => ({
      name: '题库模板.xlsx',
      mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      stream: writeWorkbook({ sheets: [questionsSheet()] }),
    }),
  }),
  route(contract.showQuestions, {
    permission: 'learning.study.questions',
    handle: ({ params, read, actor }) =>
      read(async (db) => {
        const bank = await questionsOf(db, (await keptUnit(db, actor, params.id)).no)
        return { items: bank.map(({ id: _id, ...one }) => one), next: null }
      }),
  }),
  route(contract.replaceQuestions, {
    permission: 'learning.study.questions',
    handle: ({ params, body, perform }) => perform(replaceQuestionsAction, { ...params, ...body }),
  }),
  uploadRoute(contract.readQuestionsSheet, {
    permission: 'learning.study.questions',
    handle: async ({ params, read, actor, upload }) => {
      await read((db) => keptUnit(db, actor, params.id))
      const { questions, faults } = await readQuestions((await upload()).stream)
      return { questions: [...questions], faults: [...faults] }
    },
  }),
  route(contract.showTest, {
    permission: 'learning.study.test',
    handle: ({ params, read, actor, platform }) => read((db) => testOf(db, { actor, today: platform.clock.today() }, params.id)),
  }),
  route(contract.takeTest, {
    permission: 'learning.study.test',
    handle: async ({ params, body, read, perform }) => {
      const tried = await read((db) => triedTest(db, params.id, body.answers))
      // What is not enough leaves no trace; only being done with a unit is an act.
      if (tried && !tried.done) return tried
      await perform(takeTestAction, { ...params, ...body })
      return tried ?? { done: true, sentence: '这个单元学完了。', answers: [] }
    },
  }),
]

export const studiesRoutes: readonly Route[] = [
  route(contract.listStudyPlans, {
    permission: 'learning.study.read',
    handle: ({ query, read, actor, platform }) =>
      read((db) => studyPlansAsked(db, { actor, today: platform.clock.today() }, query)),
  }),
  route(contract.createStudyPlan, {
    permission: 'learning.study.plan',
    handle: ({ body, perform }) => perform(acts.createStudyPlanAction, body),
  }),
  route(contract.showStudyPlan, {
    permission: 'learning.study.read',
    handle: ({ params, read, actor, platform }) =>
      read((db) => studyPlanPageOf(db, { actor, today: platform.clock.today() }, params.id)),
  }),
  route(contract.studyCoverage, {
    permission: 'learning.study.coverage',
    handle: ({ params, query, read, actor, platform }) =>
      read((db) => studyCoverageOf(db, { id: params.id, under: query.under, actor, today: platform.clock.today() })),
  }),
  route(contract.correctStudyPlan, {
    permission: 'learning.study.correct',
    handle: ({ params, body, perform }) => perform(acts.correctStudyPlanAction, { ...params, ...body }),
  }),
  route(contract.closeStudyPlan, {
    permission: 'learning.study.close',
    handle: ({ params, perform }) => perform(acts.closeStudyPlanAction, params),
  }),
  route(contract.withdrawStudyPlan, {
    permission: 'learning.study.withdraw',
    handle: ({ params, body, perform }) => perform(acts.withdrawStudyPlanAction, { ...params, ...body }),
  }),
  ...unitRoutes,
]
