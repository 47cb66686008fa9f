import { lateControl } from '../../../ui/late-control.tsx'

/** Finding organizations and persons by name or pinyin, for other modules' forms and filters. */
export const OrganizationPicker = lateControl(() =>
  import('./organization-picker.tsx').then((picker) => picker.OrganizationPicker),
)
export const OrganizationsPicker = lateControl(() =>
  import('./organization-picker.tsx').then((picker) => picker.OrganizationsPicker),
)
export const PersonPicker = lateControl(() => import('./person-picker.tsx').then((picker) => picker.PersonPicker))
export const PersonsPicker = lateControl(() => import('./person-picker.tsx').then((picker) => picker.PersonsPicker))
