import { z } from 'zod'
import { action } from '../../../kernel/actions/action.ts'
import { organizationId } from '../organizations/organizations.contract.ts'
import { organizationById } from '../organizations/organizations.queries.ts'
import { rosterSheet } from './roster.queries.ts'

/** Takes a roster out as a sheet. An action, because whatever leaves in bulk stands in the ledger with its size. */
export const exportRosterAction = action({
  name: 'directory.roster.export',
  input: z.strictObject({ organization: organizationId }),
  touches: async (work, input) => [(await organizationById(work.tx, input.organization)).no],
  run: async (work, input) => {
    const organization = await organizationById(work.tx, input.organization)
    const sheet = await rosterSheet(work.tx, organization.no)
    return {
      reply: { sheet, name: organization.name },
      objects: [{ kind: 'organization', id: organization.id }],
      fields: { rows: sheet.rows.length },
    }
  },
})
