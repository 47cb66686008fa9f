import { describe, expect, it } from 'vitest'
import { organizationPinyin } from './organization-name.rules.ts'
import { mayFollow, mayStandUnder } from './placement.rules.ts'

describe('组织设置', () => {
  it('lets a unit have a committee, only a general branch, or only a branch', () => {
    expect(
      (['party_committee', 'general_branch', 'branch', 'joint_branch', 'temporary_branch'] as const).every((kind) =>
        mayStandUnder(kind, 'unit'),
      ),
    ).toBe(true)
  })

  it('puts groups under branches only, and the discipline committee under a committee', () => {
    expect(mayStandUnder('group', 'branch')).toBe(true)
    expect(mayStandUnder('group', 'unit')).toBe(false)
    expect(mayStandUnder('discipline_committee', 'party_committee')).toBe(true)
    expect(mayStandUnder('discipline_committee', 'branch')).toBe(false)
    expect(mayStandUnder('branch', 'branch')).toBe(false)
    expect(mayStandUnder('leading_group', 'unit')).toBe(true)
    expect(mayStandUnder('unit', 'party_committee')).toBe(false)
  })

  it('lets like take over from like, and a branch from its group', () => {
    expect(mayFollow('branch', 'joint_branch')).toBe(true)
    expect(mayFollow('group', 'branch')).toBe(true)
    expect(mayFollow('branch', 'unit')).toBe(false)
    expect(mayFollow('unit', 'unit')).toBe(true)
    expect(mayFollow('general_branch', 'unit')).toBe(true)
  })

  it('finds an organization by syllables and by initials', () => {
    expect(organizationPinyin('第一党支部')).toBe('diyidangzhibu dydzb')
  })
})
