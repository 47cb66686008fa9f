import { action } from '../../../kernel/actions/action.ts'
import { keepAnswers, linesOf } from './checklist.store.ts'
import { ofOne } from './inspection-fields.contract.ts'
import { checkVerb, inspectionOf, onlyByVisitors } from './inspection-steps.actions.ts'
import { answerLines } from './inspections.contract.ts'

export const answerLinesAction = action({
  name: 'supervision.inspection.answer',
  input: ofOne.extend(answerLines.body.shape),
  touches: async (work, { id }) => [(await inspectionOf(work, id)).organizationNo],
  run: async (work, { id, answers }) => {
    const stored = await inspectionOf(work, id)
    await onlyByVisitors(work, stored)
    checkVerb(stored, 'answer')
    const { kept, conflicts } = await keepAnswers(work, stored.no, answers)
    const lines = conflicts.length === 0 ? [] : await linesOf(work.tx, stored.no)
    return {
      reply: { kept, conflicts: lines.filter((line) => conflicts.includes(line.id)) },
      objects: [{ kind: 'inspection', id }],
      fields: { kept: kept.length, conflicts: conflicts.length },
    }
  },
})
