import { describe, expect, it } from 'vitest'
import { above, childrenOf, rowsOf, stepFor, type TreeNode } from './organization-tree.rules.ts'

const node = (id: string, parentId: string | null): TreeNode => ({ id, parentId, name: id, shortName: null, kind: 'branch' })
const city = [node('city', null), node('unit', 'city'), node('first', 'unit'), node('second', 'unit'), node('other', 'city')]
const names = (open: string[], nodes = city) => rowsOf(childrenOf(nodes), new Set(open)).map((row) => row.node.id)

describe('the organization tree', () => {
  it('shows only what is unfolded, in the order of the list', () => {
    expect(names([])).toEqual(['city'])
    expect(names(['city'])).toEqual(['city', 'unit', 'other'])
    expect(names(['city', 'unit'])).toEqual(['city', 'unit', 'first', 'second', 'other'])
  })

  it('puts an organization at the top when its superior is out of sight', () => {
    expect(names([], [node('first', 'unit'), node('second', 'unit')])).toEqual(['first', 'second'])
  })

  it('tells each line its level and its place among its siblings', () => {
    const rows = rowsOf(childrenOf(city), new Set(['city', 'unit']))
    expect(rows.map((row) => [row.level, row.place, row.siblings])).toEqual([
      [1, 1, 1],
      [2, 1, 2],
      [3, 1, 2],
      [3, 2, 2],
      [2, 2, 2],
    ])
  })

  it('names what stands above, nearest first, and does not hang on a loop', () => {
    expect(above(city, 'first').map((one) => one.id)).toEqual(['unit', 'city'])
    expect(above([node('a', 'b'), node('b', 'a')], 'a').map((one) => one.id)).toEqual(['b', 'a'])
  })

  it('goes through the tree by arrow keys', () => {
    const closed = rowsOf(childrenOf(city), new Set(['city']))
    const open = rowsOf(childrenOf(city), new Set(['city', 'unit']))
    expect(stepFor('ArrowRight', closed, 'unit')).toEqual({ unfold: 'unit' })
    expect(stepFor('ArrowRight', open, 'unit')).toEqual({ focus: 'first' })
    expect(stepFor('ArrowLeft', open, 'unit')).toEqual({ fold: 'unit' })
    expect(stepFor('ArrowLeft', open, 'second')).toEqual({ focus: 'unit' })
    expect(stepFor('ArrowDown', open, 'second')).toEqual({ focus: 'other' })
    expect(stepFor('ArrowUp', open, 'city')).toBeNull()
    expect(stepFor('ArrowRight', open, 'other')).toBeNull()
    expect(stepFor('End', open, 'city')).toEqual({ focus: 'other' })
    expect(stepFor('x', open, 'city')).toBeNull()
  })
})
