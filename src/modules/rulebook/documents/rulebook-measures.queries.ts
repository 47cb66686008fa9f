import { z } from 'zod'
import { heldMeasure, measureNames } from '../engine/engine.measures.ts'
import { eventNames, heldEvents } from '../engine/event-sources.measures.ts'
import { cycleAmong } from './derived-order.rules.ts'
import { moduleTitles, type RulebookRequirement } from './rulebook-file.contract.ts'
import type { ParsedRulebook } from './rulebook-file.rules.ts'
import { nearest } from './rulebook-remedies.rules.ts'
import type { RulebookSetMistake } from './rulebook-set.rules.ts'
import type { RulebookPath } from './rulebook-source.rules.ts'

interface Mistake {
  readonly path: RulebookPath
  readonly message: string
}

function parameterMistake(path: RulebookPath, check: () => unknown): Mistake[] {
  try {
    check()
    return []
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error
    const [issue] = error.issues
    const named = issue && issue.path.length > 0 ? `“${issue.path.join('.')}”` : ''
    const extra = issue?.code === 'unrecognized_keys' ? `没有“${issue.keys.join('、')}”这个参数，请删去` : (issue?.message ?? '')
    return [{ path, message: `参数${named}有误：${extra}。请按 rulebooks/README.md 里这一项的参数改正。` }]
  }
}

const meant = (word: string, known: readonly string[]) => {
  const near = nearest(word, known)
  return near ? `是不是“${near}”？` : ''
}

/** A measure is held, or waits for a module that does not feed it yet; never both, never neither. */
function measureMistakes({ measure: { name, params }, awaits }: RulebookRequirement): Mistake[] {
  const held = heldMeasure(name)
  if (held && awaits) {
    return [{ path: ['awaits'], message: `计量 ${name} 已经由${moduleTitles[awaits]}提供，不用再等，请删去 awaits。` }]
  }
  if (held) return parameterMistake(['measure', 'params'], () => held.facts(params))
  if (awaits) return []
  return [
    {
      path: ['measure', 'name'],
      message: `没有名为 ${name} 的计量，${meant(name, measureNames())}请改正；所属模块还不提供的，补上 awaits（等待的模块）。`,
    },
  ]
}

function eventMistakes({ event, subject, awaits }: RulebookRequirement): Mistake[] {
  if (!event) return []
  const held = heldEvents(event.name)
  // What waits for a module may name an event that the module will declare.
  if (!held && awaits) return []
  if (!held) {
    return [
      {
        path: ['event', 'name'],
        message: `没有名为 ${event.name} 的事件，${meant(event.name, eventNames())}可以写：${eventNames().join('、')}。`,
      },
    ]
  }
  const kind = subject.kinds ? 'o' : 'p'
  const astray: Mistake[] =
    held.subject === kind
      ? []
      : [
          {
            path: ['subject'],
            message: `事件 ${event.name} 发生在${held.subject === 'o' ? '组织' : '个人'}身上，对象请写${held.subject === 'o' ? ' kinds' : ' post 或 members'}。`,
          },
        ]
  return [...astray, ...parameterMistake(['event', 'params'], () => held.events(event.params))]
}

/** Codes that a derived requirement counts; none for one that counts records. */
export function countedCodes({ measure: { name, params } }: Pick<RulebookRequirement, 'measure'>): readonly string[] {
  try {
    return heldMeasure(name)?.counts(params)?.codes ?? []
  } catch (error) {
    if (error instanceof z.ZodError) return []
    throw error
  }
}

function derivedMistakes(requirement: RulebookRequirement, known: ReadonlyMap<string, readonly string[]>): Mistake[] {
  const path = ['measure', 'params']
  const missing = countedCodes(requirement)
    .filter((code) => !known.has(code))
    .map((code) => ({ path, message: `要计入的要求“${code}”没有找到，${meant(code, [...known.keys()])}请改正。` }))
  const cycle = cycleAmong(requirement.code, known)
  if (!cycle) return missing
  return [...missing, { path, message: `要求之间互相计入，成了循环：${cycle.join(' → ')}。请删去其中一处。` }]
}

/** Checks what only the program knows: measures, events, their parameters, and what counts what. */
export function checkMeasures(files: readonly ParsedRulebook[]): RulebookSetMistake[] {
  const all = files.flatMap(({ rulebook }) => rulebook.requirements)
  const known = new Map<string, readonly string[]>()
  for (const one of all) known.set(one.code, [...(known.get(one.code) ?? []), ...countedCodes(one)])
  return files.flatMap((file) =>
    file.rulebook.requirements.flatMap((requirement, index) =>
      [...measureMistakes(requirement), ...eventMistakes(requirement), ...derivedMistakes(requirement, known)].map(
        ({ path, message }) => {
          const whole: RulebookPath = ['requirements', index, ...path]
          return {
            fileName: file.fileName,
            ...file.locate(whole),
            path: whole.join('.'),
            message: `要求 ${requirement.code}：${message}`,
          }
        },
      ),
    ),
  )
}
