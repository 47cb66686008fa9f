import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { declaredPermissions, holds } from '../../../kernel/access/permissions.ts'
import { noteDenied } from '../../../kernel/actions/action.ts'
import { reading, type Tx } from '../../../kernel/database/handles.ts'
import { writeAs } from '../../../kernel/database/transaction.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { writeEntry } from '../../../kernel/ledger/ledger.store.ts'
import type { Platform } from '../../../kernel/platform.ts'
import { organizationsByNos } from '../organizations/organizations.queries.ts'
import { personPageOf, rolesGive, rolesOverPerson } from './person-page.queries.ts'
import type { PersonPage } from './persons.contract.ts'
import { personState, type PersonState, placeOf, type SealedField, sealedColumns } from './persons.store.ts'

/** Who looks, and under which request. */
export interface Looking {
  readonly platform: Platform
  readonly actor: Actor
  readonly requestId: string | null
}

interface Look<Reply> {
  readonly permission: string
  readonly fields?: Readonly<Record<string, unknown>>
  readonly work: (tx: Tx, person: PersonState, roles: ReadonlySet<string>) => Promise<Reply>
}

/**
 * Reads from a personal file and writes the view to the ledger in the same transaction: without the entry there is no answer.
 * Not an `action()`: its answer would be kept under the idempotency key, and personal numbers must not lie there.
 */
async function viewing<Reply>(looking: Looking, id: string, look: Look<Reply>): Promise<Reply> {
  const { platform, actor, requestId } = looking
  try {
    if (!holds(actor, look.permission)) throw new Problem('kernel.forbidden')
    return await writeAs(platform.database, actor, async (tx) => {
      const person = await personState(tx, id)
      const reply = await look.work(tx, person, await rolesOverPerson(tx, actor, person.no))
      const homes = await organizationsByNos(tx, [person.homeNo])
      await writeEntry(platform, tx, {
        action: look.permission,
        outcome: 'viewed',
        actor,
        objects: [{ kind: 'person', id }],
        organizations: homes.map((home) => home.id),
        ...(look.fields && { fields: look.fields }),
        requestId,
      })
      return reply
    })
  } catch (error) {
    if (error instanceof Problem && (error.status === 403 || error.status === 404)) {
      await noteDenied(platform, look.permission, { actor, requestId, idempotencyKey: null })
    }
    throw error
  }
}

/** The page of a person: one's own, or that of somebody in scope for whoever may look files up. */
export function viewPerson(looking: Looking, id: string): Promise<PersonPage> {
  return viewing(looking, id, {
    permission: 'directory.person.view',
    work: (tx, person, roles) => {
      const own = person.no === looking.actor.personNo
      if (!own && !rolesGive(roles, 'directory.person.look_up')) throw new Problem('directory.person_not_found')
      const personal = own || rolesGive(roles, 'directory.person.view_personal')
      const abilities = [...declaredPermissions().keys()]
        .filter((name) => name.startsWith('directory.person.') && rolesGive(roles, name))
        .sort()
      return personPageOf(tx, looking.platform.crypto, { personNo: person.no, personal, abilities })
    },
  })
}

/** One personal field in full, for a reason that the ledger keeps as a hash beside the field's name. */
export function revealField(
  looking: Looking,
  id: string,
  asked: { field: SealedField; reason: string },
): Promise<{ value: string | null }> {
  return viewing(looking, id, {
    permission: 'directory.person.reveal',
    fields: asked,
    work: async (tx, person, roles) => {
      if (!rolesGive(roles, 'directory.person.reveal')) throw new Problem('directory.person_not_found')
      const { rows } = await sql<{ sealed: string | null }>`select ${sql.ref(sealedColumns[asked.field])} as sealed
        from directory.persons where no = ${person.no}`.execute(reading<'directory'>(tx))
      const sealed = rows[0]?.sealed
      return { value: sealed ? looking.platform.crypto.open(sealed, placeOf(asked.field, id)) : null }
    },
  })
}
