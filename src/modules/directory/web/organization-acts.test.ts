import { describe, expect, it } from 'vitest'
import type { OrganizationPage } from '../organizations/organizations.contract.ts'
import { actsOffered, kindsToCreate, whatHappens } from './organization-acts.rules.ts'

const counts = { fullMembers: 9, probationaryMembers: 1, others: 2, branches: 0, below: 2 }
const branch: OrganizationPage = {
  id: 'org_branch',
  name: '第一党支部',
  shortName: null,
  kind: 'branch',
  parentId: 'org_committee',
  position: 1,
  establishedOn: '2020-01-01',
  dissolvedOn: null,
  endsOn: null,
  path: [],
  history: [],
  counts,
  committee: null,
  posts: [],
  responsibilities: [],
  hints: [],
  abilities: ['create', 'rename', 'move', 'merge', 'split', 'dissolve'].map((verb) => `directory.organization.${verb}`),
}

describe('what is offered on an organization', () => {
  it('is what the server allows, in the order of the buttons', () => {
    expect(actsOffered(branch).map((act) => act.key)).toEqual(['create', 'rename', 'move', 'merge', 'split', 'dissolve'])
    expect(actsOffered({ ...branch, abilities: ['directory.organization.rename'] }).map((act) => act.key)).toEqual(['rename'])
    expect(actsOffered({ ...branch, abilities: [] })).toEqual([])
  })

  it('leaves the top of the tree where it is', () => {
    const top = { ...branch, kind: 'working_committee' as const, parentId: null }
    expect(actsOffered(top).map((act) => act.key)).toEqual(['create', 'rename'])
  })

  it('does not set up anything below a group', () => {
    expect(actsOffered({ ...branch, kind: 'group' }).map((act) => act.key)).not.toContain('create')
  })

  it('lets a unit set up branches only, the working committee every kind that fits', () => {
    expect(kindsToCreate([], 'party_committee')).toEqual(['branch', 'joint_branch', 'temporary_branch'])
    expect(kindsToCreate(['directory.organization.arrange'], 'party_committee')).toContain('general_branch')
  })
})

describe('the sentence of what happens', () => {
  it('says who takes over people and open duties, and that the records stay, when a branch is merged', () => {
    const said = whatHappens('merge', branch, { on: '2026-11-23', other: '第二党支部' })
    expect(said).toContain('自2026年11月23日起')
    expect(said).toContain('12 人、2 个下级组织、未了事项转到“第二党支部”')
    expect(said).toContain('已有的记录留在“第一党支部”名下')
  })

  it('asks for a successor before a branch with people is dissolved', () => {
    expect(whatHappens('dissolve', branch, { on: undefined })).toContain('须先选承接组织')
    const empty = { ...branch, counts: { ...counts, fullMembers: 0, probationaryMembers: 0, others: 0, below: 0 } }
    expect(whatHappens('dissolve', empty, { on: '2026-11-23' })).not.toContain('承接')
  })

  it('says that figures of the time before stay with the old superior when a branch is moved', () => {
    expect(whatHappens('move', branch, { on: '2026-11-23', other: '乙局机关党委' })).toContain('按当时建制仍算在原上级')
  })
})
