import { type AgendaLine, templateKey } from './meeting-entry.rules.ts'

/**
 * Whether an item that came from the template as political theory was rewritten into what may be something else: its
 * category is what D1.2 is judged by, and nobody looked at it. A title that names the study itself leaves no doubt.
 */
export function doubtfulTheory(line: AgendaLine, template: readonly { readonly title: string }[]): boolean {
  if (line.category !== 'political_theory' || !line.key.startsWith(templateKey)) return false
  const title = line.title.trim()
  return title !== '' && !title.includes('理论学习') && !template.some((item) => item.title === title)
}
