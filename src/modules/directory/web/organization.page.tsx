import { Navigate } from '@tanstack/react-router'
import { useParam } from '../../../ui/address.ts'

/** One organization's own address opens it in the tree. */
export function OrganizationPage() {
  return <Navigate to="/organizations" search={{ id: useParam('id') } as never} replace />
}
