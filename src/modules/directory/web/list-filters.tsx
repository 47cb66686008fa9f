import type { Filter } from '../../../ui/query-table-shape.ts'
import { OrganizationPicker, PersonPicker } from './pickers.client.ts'

/** Narrows a list to an organization and all below it. */
export const organizationFilter: Filter = {
  key: 'under',
  title: '组织及其下级',
  kind: 'custom',
  render: ({ value, onChange, label }) => (
    <OrganizationPicker
      aria-label={label}
      placeholder={label}
      width="14em"
      value={value || null}
      onChange={(id) => onChange(id ?? undefined)}
    />
  ),
}

/** Narrows a list to one person. */
export const personFilter = (key: string, title: string): Filter => ({
  key,
  title,
  kind: 'custom',
  render: ({ value, onChange, label }) => (
    <PersonPicker
      aria-label={label}
      placeholder={label}
      width="10em"
      value={value || null}
      onChange={(id) => onChange(id ?? undefined)}
    />
  ),
})
