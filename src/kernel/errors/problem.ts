/** One declared error: its HTTP status and the Chinese sentence that says what to do next. */
export interface ProblemKind {
  readonly status: number
  readonly title: string
}

/** One field's error; `field` is the path in the request body, such as `agenda.0.title`. */
export interface FieldError {
  readonly field: string
  readonly message: string
  /** Line of a file in which the mistake stands, from 1. */
  readonly line?: number
}

const declared = new Map<string, ProblemKind>()

/**
 * Declares a module's errors. Codes are stable and prefixed with the module: `orglife.agenda_empty`.
 * Throws at start-up when a code is declared twice.
 */
export function problems<Code extends string>(kinds: Record<Code, ProblemKind>): Record<Code, ProblemKind> {
  for (const [code, kind] of Object.entries<ProblemKind>(kinds)) {
    if (declared.has(code)) throw new Error(`problem ${code} is declared twice`)
    declared.set(code, kind)
  }
  return kinds
}

/** What the outside gets to know: RFC 9457, with our stable `code` and the fields at fault. */
export interface ProblemBody {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly errors?: readonly FieldError[]
  /** Numbers that the sentence speaks of, for programs. */
  readonly figures?: Readonly<Record<string, number>>
  readonly requestId?: string
}

/** An error that the user can do something about. `detail` replaces the declared sentence where more is known. */
export class Problem extends Error {
  readonly code: string
  readonly status: number
  readonly detail: string
  readonly errors: readonly FieldError[]
  readonly figures: Readonly<Record<string, number>> | undefined
  /** Seconds after which trying again makes sense. */
  readonly retryAfter: number | undefined

  constructor(
    code: string,
    more: {
      detail?: string
      errors?: readonly FieldError[]
      figures?: Readonly<Record<string, number>>
      retryAfter?: number
      cause?: unknown
    } = {},
  ) {
    const kind = declared.get(code)
    if (!kind) throw new Error(`problem ${code} is not declared`)
    super(`${code}: ${more.detail ?? kind.title}`, { cause: more.cause })
    this.code = code
    this.status = kind.status
    this.detail = more.detail ?? kind.title
    this.errors = more.errors ?? []
    this.figures = more.figures
    this.retryAfter = more.retryAfter
  }

  body(requestId?: string): ProblemBody {
    return {
      type: `urn:biaoshuai:problem:${this.code}`,
      title: declared.get(this.code)?.title ?? this.detail,
      status: this.status,
      code: this.code,
      detail: this.detail,
      ...(this.errors.length > 0 && { errors: this.errors }),
      ...(this.figures && { figures: this.figures }),
      ...(requestId && { requestId }),
    }
  }
}

/** All declared problems, for the interface's documentation and for tests. */
export function declaredProblems(): ReadonlyMap<string, ProblemKind> {
  return declared
}
