import type { Route } from '../../../kernel/http/route.ts'
import { importRoutesOf } from '../../orglife/index.ts'
import { oldClasses } from './old-classes.actions.ts'

export const oldClassesRoutes: readonly Route[] = importRoutesOf(oldClasses)
