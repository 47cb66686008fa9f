import { action } from '../../../kernel/actions/action.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { deriveAncestry } from './ancestry.store.ts'
import { createOrganizationBody, moveBody, organizationId, renameBody } from './organizations.contract.ts'
import { treeChanged } from './organizations.events.ts'
import {
  oneOf,
  requireArranger,
  requireNoCycle,
  requireOpen,
  requireRoom,
  takeTree,
  withDerivedTree,
} from './tree-change.actions.ts'
import { changeName, changePlace, insertOrganization } from './tree.store.ts'

/** Sets up an organization under a parent on a day. */
export const createOrganizationAction = action({
  name: 'directory.organization.create',
  input: createOrganizationBody,
  touches: async (work, input) => [oneOf(await takeTree(work, [input.parentId]), input.parentId).no],
  run: async (work, input) => {
    const parent = oneOf(await takeTree(work, [input.parentId]), input.parentId)
    await requireArranger(work, input.kind, [parent.no])
    requireOpen(parent, { on: input.on, today: work.today })
    requireRoom(input.kind, parent)
    if (input.kind === 'temporary_branch' && !input.endsOn) {
      throw new Problem('directory.temporary_needs_end', { errors: [{ field: 'endsOn', message: '请填写存续至哪一天。' }] })
    }
    if (input.endsOn && input.endsOn <= input.on) {
      throw new Problem('kernel.invalid_input', { errors: [{ field: 'endsOn', message: '存续至的日期应在设立之后。' }] })
    }
    const made = await insertOrganization(work.tx, { ...input, parentNo: parent.no })
    await deriveAncestry(work.tx, made.no)
    await work.emit(treeChanged.of({ organizationNos: [made.no], on: input.on }))
    return {
      reply: { id: made.id },
      objects: [
        { kind: 'organization', id: made.id },
        { kind: 'organization', id: parent.id },
      ],
      fields: { kind: input.kind, name: input.name, on: input.on, reason: input.reason },
    }
  },
})

/** Gives an organization another name from a day on; the old one stays for the time before. */
export const renameOrganizationAction = action({
  name: 'directory.organization.rename',
  input: renameBody.extend({ id: organizationId }),
  touches: async (work, input) => [oneOf(await takeTree(work, [input.id]), input.id).no],
  run: async (work, input) => {
    const state = oneOf(await takeTree(work, [input.id]), input.id)
    await requireArranger(work, state.kind, [state.no])
    requireOpen(state, { on: input.on, today: work.today, since: state.namedSince })
    await changeName(work.tx, state.no, input)
    return {
      reply: { id: state.id },
      objects: [{ kind: 'organization', id: state.id }],
      fields: { name: input.name, shortName: input.shortName, on: input.on, reason: input.reason },
    }
  },
})

/** Puts an organization, with all that stands under it, under another parent from a day on. */
export const moveOrganizationAction = action({
  name: 'directory.organization.move',
  input: moveBody.extend({ id: organizationId }),
  touches: async (work, input) => {
    const states = await takeTree(work, [input.id, input.parentId])
    const state = oneOf(states, input.id)
    return [state.no, oneOf(states, input.parentId).no, ...(state.parentNo === null ? [] : [state.parentNo])]
  },
  run: async (work, input) => {
    const states = await takeTree(work, [input.id, input.parentId])
    const [state, parent] = [oneOf(states, input.id), oneOf(states, input.parentId)]
    await requireArranger(work, state.kind, [state.no, parent.no])
    requireOpen(state, { on: input.on, today: work.today, since: state.placedSince })
    requireOpen(parent, { on: input.on, today: work.today })
    await requireNoCycle(work, { organizationNo: state.no, above: parent.no, on: input.on })
    requireRoom(state.kind, parent)
    await withDerivedTree(work, { moved: [state.no], touched: [], on: input.on }, () =>
      changePlace(work.tx, state.no, { parentNo: parent.no, on: input.on }),
    )
    return {
      reply: { id: state.id },
      objects: [
        { kind: 'organization', id: state.id },
        { kind: 'organization', id: parent.id },
      ],
      fields: { parentId: input.parentId, on: input.on, reason: input.reason },
    }
  },
})
