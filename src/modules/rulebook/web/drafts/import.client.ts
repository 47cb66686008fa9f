import { type CallProblem, request } from '../../../../kernel/http/call.ts'
import { importRulebook } from '../../drafts/drafts.contract.ts'

export interface FileMistake {
  readonly line: number | null
  readonly path: string
  readonly message: string
}

/** The mistakes of a refused file, each with its line. */
export function fileMistakes(problem: CallProblem): FileMistake[] {
  return problem.errors.map(({ field, message }) => {
    const line = /^第 (\d+) 行(?:第 \d+ 列)?：?/.exec(message)
    return { line: line ? Number(line[1]) : null, path: field, message: line ? message.slice(line[0].length) : message }
  })
}

/** Sends the text of a file; answers the draft that it became. */
export async function sendRulebook(fileName: string, text: string, idempotencyKey: string) {
  const { method, path } = importRulebook
  const reply = await request({ method, path, body: { fileName, text } }, { idempotencyKey })
  return importRulebook.reply.parse(reply)
}
