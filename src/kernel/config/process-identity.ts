import { readFileSync } from 'node:fs'
import { systemCode } from './start-problem.ts'

function readProc(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

/** True when a process with this number exists, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return systemCode(error) === 'EPERM'
  }
}

/**
 * Tells one process from a later one with the same number: when it started, in which boot of the machine. Empty where the
 * system does not tell.
 */
export function birthOf(pid: number): string {
  const stat = readProc(`/proc/${pid}/stat`)
  // Field 22 of the line; the second field is a name in brackets that may hold blanks.
  const started = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  return started ? `${readProc('/proc/sys/kernel/random/boot_id').trim()}/${started}` : ''
}
