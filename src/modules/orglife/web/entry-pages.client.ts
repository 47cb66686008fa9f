import { type ComponentType, createElement } from 'react'
import type { PageRoute } from '../../../ui/page-route.ts'
import type { EntryKind } from '../entries/entry-kind.contract.ts'

type OfKind = ComponentType<{ kind: EntryKind }>

const bound = (Content: OfKind, kind: EntryKind): ComponentType =>
  function EntryPageOfKind() {
    return createElement(Content, { kind })
  }

/** The four pages of a kind: list, form, record, correction. */
export function entryPages(kind: EntryKind): PageRoute[] {
  const at = `/${kind.collection}`
  const may = (verb: string) => `${kind.permission}.${verb}`
  return [
    {
      path: at,
      title: kind.noun,
      needs: may('read'),
      component: () => import('./entry-list.page.tsx').then((page) => bound(page.EntryListPage, kind)),
    },
    {
      path: `${at}/new`,
      title: `记${kind.noun}`,
      needs: may('record'),
      component: () => import('./record-entry.page.tsx').then((page) => bound(page.RecordEntryPage, kind)),
    },
    {
      path: `${at}/$id`,
      title: kind.noun,
      needs: may('read'),
      component: () => import('./entry.page.tsx').then((page) => bound(page.EntryDetailPage, kind)),
    },
    {
      path: `${at}/$id/correct`,
      title: `更正${kind.noun}`,
      needs: may('correct'),
      component: () => import('./correct-entry.page.tsx').then((page) => bound(page.CorrectEntryPage, kind)),
    },
  ]
}
