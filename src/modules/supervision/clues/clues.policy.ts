import { permissions } from '../../../kernel/access/permissions.ts'
import type { Role } from '../../directory/grants/roles.contract.ts'

/** The discipline line. Nobody else learns of a clue, no officer of the committee and none of the three administrators. */
export const disciplineLine = ['discipline_secretary'] as const satisfies readonly Role[]

permissions({
  'supervision.clue.read': { title: '看线索', roles: disciplineLine },
  'supervision.clue.receive': { title: '受理线索', roles: disciplineLine },
  'supervision.clue.assess': { title: '评估线索', roles: disciplineLine },
  'supervision.clue.verify': { title: '核实线索', roles: disciplineLine },
  'supervision.clue.extend': { title: '延长线索核实期限', roles: disciplineLine },
  'supervision.clue.transfer': { title: '移送线索', roles: disciplineLine },
  'supervision.clue.file': { title: '存查线索', roles: disciplineLine },
  'supervision.clue.conclude': { title: '办结线索', roles: disciplineLine },
  'supervision.clue.reopen': { title: '重新评估线索', roles: disciplineLine },
  'supervision.clue.name': { title: '补充被反映人', roles: disciplineLine },
})
