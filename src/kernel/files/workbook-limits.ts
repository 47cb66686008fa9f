/** What one uploaded workbook may cost us. */
export interface WorkbookLimits {
  readonly maxFileBytes: number
  /** Sum of all parts when inflated: as declared, and again as really inflated. */
  readonly maxUnpackedBytes: number
  readonly maxEntries: number
  /** Inflated size over compressed size, judged only above `ratioFloorBytes`, for small sheets pack well honestly. */
  readonly maxRatio: number
  readonly ratioFloorBytes: number
  /** Rows that hold anything. */
  readonly maxRows: number
  readonly maxColumns: number
  readonly maxCellLength: number
  /** Old-space heap of the reading thread, in MiB. */
  readonly maxHeapMb: number
  readonly timeoutMs: number
}

const mib = 1024 * 1024

export const defaultWorkbookLimits: WorkbookLimits = {
  maxFileBytes: 30 * mib,
  maxUnpackedBytes: 200 * mib,
  maxEntries: 2000,
  maxRatio: 100,
  ratioFloorBytes: 10 * mib,
  maxRows: 100_000,
  maxColumns: 60,
  maxCellLength: 2000,
  maxHeapMb: 192,
  timeoutMs: 120_000,
}
