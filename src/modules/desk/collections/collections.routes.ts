import { allowsAll } from '../../../kernel/actions/action.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { downloadRoute, type Route } from '../../../kernel/http/route.ts'
import { paperFile } from '../../../kernel/papers/paper-file.ts'
import { organizationById } from '../../directory/index.ts'
import { collectionKinds, exportCollection } from './collections.contract.ts'
import './collections.policy.ts'
import { collectionPaper } from './collections.queries.ts'
import './handover.queries.ts'

export const collectionsRoutes: readonly Route[] = [
  downloadRoute(exportCollection, {
    permission: 'desk.collection.export',
    handle: async ({ query, read, actor, platform }) => {
      const today = platform.clock.today()
      if (query.year > Number(today.slice(0, 4)))
        throw new Problem('desk.collection_year', { errors: [{ field: 'year', message: '请填不晚于今年的年份。' }] })
      const paper = await read(async (db) => {
        const organization = await organizationById(db, query.organization)
        if (!(await allowsAll(db, actor, { permission: 'desk.collection.export', organizations: [organization.no] })))
          throw new Problem('kernel.not_found')
        return collectionPaper(db, query.kind, { actor, organization, year: query.year, today })
      })
      const year = query.kind === 'handover' ? today : `${query.year}年`
      return paperFile(`${paper.mark}${collectionKinds[query.kind].title}-${year}`, paper)
    },
  }),
]
