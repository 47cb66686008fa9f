import type { Route } from '../../../kernel/http/route.ts'
import { importRoutesOf } from './imports.routes.ts'
import { oldMeetings } from './old-meetings.actions.ts'
import { oldWorkRecords } from './old-work.actions.ts'

export const oldRecordsRoutes: readonly Route[] = [...importRoutesOf(oldMeetings), ...importRoutesOf(oldWorkRecords)]
