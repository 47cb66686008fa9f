import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { call } from '../../../kernel/http/call.ts'
import { listOrganizations, type Organization } from '../organizations/organizations.contract.ts'

/** More than this the tree does not read; beyond it one searches by name. */
export const mostInTree = 4000

export interface OrganizationsRead {
  readonly items: readonly Organization[]
  /** False when there are more than the tree reads. */
  readonly whole: boolean
}

async function readAll(asOf: string | null, signal: AbortSignal): Promise<OrganizationsRead> {
  const items: Organization[] = []
  let after: string | undefined
  do {
    const page = await call(
      listOrganizations,
      { query: { limit: 500, ...(asOf && { asOf }), ...(after && { after }) } },
      { signal },
    )
    items.push(...page.items)
    after = page.next ?? undefined
  } while (after && items.length < mostInTree)
  return { items, whole: after === undefined }
}

/** All organizations of a day in tree order, for a tree; `asOf` null is today. */
export function useOrganizations(asOf: string | null) {
  return useQuery({
    queryKey: ['organizations', asOf],
    queryFn: ({ signal }) => readAll(asOf, signal),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })
}

export interface OrganizationSearch {
  readonly text: string
  readonly under?: string | undefined
  readonly kinds?: readonly Organization['kind'][] | undefined
  readonly asOf?: string | undefined
}

/** Organizations by name or pinyin, best few; an empty text gives the first ones in tree order. */
export function useOrganizationSearch(search: OrganizationSearch | null) {
  return useQuery({
    queryKey: ['organization-search', search],
    queryFn: async ({ signal }) => {
      const { text, under, asOf, kinds } = search ?? { text: '' }
      const one = (kind?: Organization['kind']) =>
        call(
          listOrganizations,
          { query: { limit: 50, ...(text && { text }), ...(under && { under }), ...(asOf && { asOf }), ...(kind && { kind }) } },
          { signal },
        )
      const pages = await Promise.all(kinds && kinds.length > 0 ? kinds.map((kind) => one(kind)) : [one()])
      return { items: pages.flatMap((page) => page.items), more: pages.some((page) => page.next !== null) }
    },
    enabled: search !== null,
    placeholderData: keepPreviousData,
  })
}
