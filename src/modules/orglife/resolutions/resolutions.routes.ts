import { type Route, route } from '../../../kernel/http/route.ts'
import './resolutions.policy.ts'
import { fixThemeDayAction, reportResolutionAction } from './resolutions.actions.ts'
import { fixThemeDay, listResolutions, reportResolution, showThemeDay } from './resolutions.contract.ts'
import { resolutionsAsked, themeDayOf } from './resolutions.queries.ts'

export const resolutionsRoutes: readonly Route[] = [
  route(listResolutions, {
    permission: 'orglife.resolution.read',
    handle: ({ query, read, actor, platform }) =>
      read((db) => resolutionsAsked(db, query, { actor, today: platform.clock.today() })),
  }),
  route(reportResolution, {
    permission: 'orglife.resolution.report',
    handle: ({ params, body, perform }) => perform(reportResolutionAction, { ...params, ...body }),
  }),
  route(showThemeDay, {
    permission: 'orglife.theme_day.read',
    handle: ({ query, read }) => read((db) => themeDayOf(db, query.organization)),
  }),
  route(fixThemeDay, {
    permission: 'orglife.theme_day.fix',
    handle: ({ body, perform }) => perform(fixThemeDayAction, body),
  }),
]
