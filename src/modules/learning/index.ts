import { sql } from 'kysely'
import { declareMeasures, declareRecordKind } from '../rulebook/index.ts'
import { articlesRoutes } from './articles/articles.routes.ts'
import './articles/work-items.queries.ts'
import { categoriesRoutes } from './categories/categories.routes.ts'
import { classExportRoutes } from './classes/class-export.routes.ts'
import { classesRoutes } from './classes/classes.routes.ts'
import { hoursRoutes } from './hours/hours.routes.ts'
import './hours/work-items.queries.ts'
import './papers/collections.queries.ts'
import { learningPapersRoutes } from './papers/notices.routes.ts'
import './search/sources.queries.ts'
import { learningActivities } from './measures/activities.measures.ts'
import { articlesFinished } from './measures/articles.measures.ts'
import { rulesStudied } from './measures/discipline.measures.ts'
import { declareLearningInputs } from './measures/inputs.measures.ts'
import {
  absenceWithin,
  classesHeld,
  classesMeetingShare,
  targetGroupsCovered,
  theoryShareMeasure,
} from './measures/organizations.measures.ts'
import { trainingHours, trainingsAttended, upperTrainingsAttended } from './measures/persons.measures.ts'
import { bookCategoriesRecommended } from './measures/reading.measures.ts'
import { planUnitsDone } from './measures/studies.measures.ts'
import { oldClassesRoutes } from './old-classes/old-classes.routes.ts'
import { plansRoutes } from './plans/plans.routes.ts'
import { readingRoutes } from './reading/reading.routes.ts'
import './search/sources.queries.ts'
import { studiesRoutes } from './studies/studies.routes.ts'
import './studies/work-items.queries.ts'

/** Hands this module's measures to the engine; called once when the program starts. */
export function declareLearningMeasures(): void {
  declareLearningInputs()
  declareRecordKind('training-class', sql`select no, id, title, ends_on as happened_on from learning.classes`)
  declareRecordKind('study-record', sql`select no, id, title, held_on as happened_on from learning.study_records`)
  declareRecordKind('reading-list', sql`select no, id, title, issued_on as happened_on from learning.reading_lists`)
  declareRecordKind('study-plan', sql`select no, id, title, recorded_on as happened_on from learning.study_plans`)
  declareRecordKind(
    'article',
    sql`select no, id, title, coalesce(first_submitted_on, created_on) as happened_on from learning.articles`,
  )
  declareMeasures(learningActivities, bookCategoriesRecommended, planUnitsDone, rulesStudied, articlesFinished)
  declareMeasures(trainingHours, trainingsAttended, upperTrainingsAttended)
  declareMeasures(theoryShareMeasure, classesMeetingShare, classesHeld, targetGroupsCovered, absenceWithin)
}

export const learningRoutes = [
  ...classExportRoutes,
  ...classesRoutes,
  ...oldClassesRoutes,
  ...hoursRoutes,
  ...plansRoutes,
  ...categoriesRoutes,
  ...readingRoutes,
  ...studiesRoutes,
  ...articlesRoutes,
  ...learningPapersRoutes,
]
export { attendClassAction } from './classes/attendance.actions.ts'
export { correctClassAction, createClassAction, registerPeopleAction, withdrawClassAction } from './classes/classes.actions.ts'
export { classPageOf } from './classes/classes.queries.ts'
export { ledgerShown } from './hours/ledger.queries.ts'
export { coverageOf } from './coverage/coverage.queries.ts'
