import { type Route, route } from '../../../kernel/http/route.ts'
import './questions.policy.ts'
import { answerQuestionAction } from './questions.actions.ts'
import { answerQuestion, detectorQuality, listQuestions, showQuestion } from './questions.contract.ts'
import { qualityOf, questionPageOf, questionsAsked } from './questions.queries.ts'

export const questionsRoutes: readonly Route[] = [
  route(listQuestions, {
    permission: 'orglife.question.read',
    handle: ({ query, read }) => read((db) => questionsAsked(db, query)),
  }),
  route(detectorQuality, { permission: 'orglife.question.read', handle: ({ read }) => read(qualityOf) }),
  route(showQuestion, {
    permission: 'orglife.question.read',
    handle: ({ params, read, actor }) => read((db) => questionPageOf(db, actor, params.id)),
  }),
  route(answerQuestion, {
    permission: 'orglife.question.answer',
    handle: ({ params, body, perform }) => perform(answerQuestionAction, { ...params, ...body }),
  }),
]
