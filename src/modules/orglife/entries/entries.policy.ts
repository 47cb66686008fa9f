import { permissions } from '../../../kernel/access/permissions.ts'
import { entryKinds } from './kinds.contract.ts'

for (const { permission, noun, readers, recorders } of entryKinds) {
  permissions({
    [`${permission}.read`]: { title: `看${noun}`, roles: readers },
    [`${permission}.record`]: { title: `记${noun}`, roles: recorders },
    [`${permission}.correct`]: { title: `更正${noun}`, roles: recorders },
    [`${permission}.withdraw`]: { title: `撤回${noun}`, roles: recorders },
  })
}
