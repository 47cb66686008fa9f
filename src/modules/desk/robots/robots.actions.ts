import { z } from 'zod'
import { action, type Work } from '../../../kernel/actions/action.ts'
import { writing } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { newId } from '../../../kernel/identity/ids.ts'
import { addressFault } from '../../../kernel/robots/robots.ts'
import { organizationById } from '../../directory/index.ts'
import { addRobot, changeRobot, testRobot } from './robots.contract.ts'
import { testText } from './robots.rules.ts'
import { addressPlace, findRobot, queuePost, type RobotRow, secretPlace } from './robots.store.ts'

/** The address sealed for its row; throws where it may not be used. */
function sealedAddress({ platform }: Work, id: string, address: string): { host: string; address_sealed: string } {
  const fault = addressFault(address)
  if (fault !== null) throw new Problem('desk.robot_address', { errors: [{ field: 'address', message: fault }] })
  return { host: new URL(address).hostname, address_sealed: platform.crypto.seal(address, addressPlace(id)) }
}

const sealedSecret = ({ platform }: Work, id: string, secret: string) => platform.crypto.seal(secret, secretPlace(id))

async function robotOf(work: Work, id: string): Promise<RobotRow> {
  const found = await findRobot(work, id)
  if (!found) throw new Problem('desk.robot_not_found')
  return found
}

export const addRobotAction = action({
  name: 'desk.robot.add',
  input: addRobot.body,
  touches: () => [],
  run: async (work, { name, organizationId, provider, address, secret, lines, hour }) => {
    const id = newId('rbt')
    const organization = await organizationById(work.tx, organizationId)
    const sealed = sealedAddress(work, id, address)
    await writing<'desk'>(work.tx)
      .insertInto('desk.robots')
      .values({
        ...sealed,
        id,
        revision: 1,
        organization_no: organization.no,
        name,
        provider,
        secret_sealed: secret === undefined ? null : sealedSecret(work, id, secret),
        lines: [...new Set(lines)],
        hour,
        enabled: true,
        made_at: work.now,
        made_by: work.actor.accountNo,
      })
      .execute()
    return { reply: { id }, objects: [{ kind: 'robot', id }], fields: { name, provider, host: sealed.host, lines, hour } }
  },
})

export const changeRobotAction = action({
  name: 'desk.robot.change',
  input: z.object({ id: z.string() }).extend(changeRobot.body.shape),
  touches: () => [],
  run: async (work, { id, revision, name, lines, hour, enabled, address, secret }) => {
    const found = await robotOf(work, id)
    const set = {
      revision: revision + 1,
      name,
      lines: [...new Set(lines)],
      hour,
      enabled,
      ...(address !== undefined && { ...sealedAddress(work, id, address), failed_at: null, failure: null }),
      ...(secret !== undefined && { secret_sealed: sealedSecret(work, id, secret) }),
    }
    const changed = await writing<'desk'>(work.tx)
      .updateTable('desk.robots')
      .set(set)
      .where('no', '=', found.no)
      .where('revision', '=', revision)
      .returning('no')
      .executeTakeFirst()
    if (!changed) throw new Problem('kernel.changed_meanwhile')
    const changes = { name, lines, hour, enabled, address: address !== undefined, secret: secret !== undefined }
    return { reply: { id, revision: set.revision }, objects: [{ kind: 'robot', id }], fields: changes }
  },
})

export const testRobotAction = action({
  name: 'desk.robot.test',
  input: testRobot.params,
  touches: () => [],
  run: async (work, { id }) => {
    const { no } = await robotOf(work, id)
    await queuePost(work.tx, { robotNo: no, line: 'test', slot: work.now.toISOString(), text: testText, at: work.now })
    return { reply: { id }, objects: [{ kind: 'robot', id }] }
  },
})
