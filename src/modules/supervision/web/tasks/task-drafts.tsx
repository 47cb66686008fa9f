import { Button, Input } from 'antd'
import { DateField } from '../../../../ui/date-field.tsx'
import { Labelled } from '../../../../ui/field-form.tsx'
import { OrganizationPicker, PersonPicker } from '../../../directory/web/index.ts'
import styles from './tasks.module.css'

/** A row as it is being filled in. */
export interface DraftRow {
  readonly organizationId: string | null
  readonly ownerId: string | null
  readonly dueOn: string | null
  readonly criterion: string
}
export const emptyDraft = (of: Partial<DraftRow> = {}): DraftRow => ({
  organizationId: null,
  ownerId: null,
  dueOn: null,
  criterion: '',
  ...of,
})

export interface TaskDraftsProps {
  readonly name: string
  readonly rows: readonly DraftRow[]
  readonly errors: ReadonlyMap<string, string>
  readonly onChange: (rows: DraftRow[]) => void
  /** Only organizations at or below this one. */
  readonly under?: string | undefined
  readonly today: string
  readonly latest?: string | undefined
}

/** Several tasks in one go: each with organization, person, date and criterion. A new row takes day and criterion of the one before. */
export function TaskDrafts(props: TaskDraftsProps) {
  const { rows, onChange } = props
  const set = (at: number, part: Partial<DraftRow>) =>
    onChange(rows.map((row, index) => (index === at ? { ...row, ...part } : row)))
  const last = rows.at(-1)
  return (
    <div>
      {rows.map((row, at) => (
        // Rows have no identity but their place.
        <fieldset key={at} className={styles.row}>
          <legend>第 {at + 1} 项</legend>
          <Row {...props} row={row} at={at} set={(part) => set(at, part)} />
          {rows.length > 1 && (
            <Button size="small" onClick={() => onChange(rows.filter((_row, index) => index !== at))}>
              去掉第 {at + 1} 项
            </Button>
          )}
        </fieldset>
      ))}
      <Button onClick={() => onChange([...rows, emptyDraft({ dueOn: last?.dueOn ?? null, criterion: last?.criterion ?? '' })])}>
        再加一个单位
      </Button>
    </div>
  )
}

type RowProps = TaskDraftsProps & { row: DraftRow; at: number; set: (part: Partial<DraftRow>) => void }

function Row({ name, row, at, set, errors, under, today, latest }: RowProps) {
  const field = (key: keyof DraftRow) => {
    const error = errors.get(`tasks.${at}.${key}`)
    const id = `${name}-${at}-${key}`
    return { id, error, control: { id, invalid: error !== undefined, 'aria-describedby': error && `${id}-error` } }
  }
  const [organization, owner, due, criterion] = [field('organizationId'), field('ownerId'), field('dueOn'), field('criterion')]
  return (
    <>
      <div className={styles.pair}>
        <Labelled id={organization.id} title="承办单位" error={organization.error}>
          <OrganizationPicker
            {...organization.control}
            under={under}
            value={row.organizationId}
            onChange={(id) => set({ organizationId: id, ownerId: null })}
          />
        </Labelled>
        <Labelled id={owner.id} title="责任人" error={owner.error}>
          <PersonPicker
            key={row.organizationId ?? ''}
            {...owner.control}
            under={row.organizationId ?? undefined}
            value={row.ownerId}
            onChange={(id) => set({ ownerId: id })}
          />
        </Labelled>
      </div>
      <Labelled id={due.id} title="完成时限" error={due.error}>
        <DateField
          {...due.control}
          earliest={today}
          {...(latest && { latest })}
          value={row.dueOn}
          onChange={(dueOn) => set({ dueOn })}
        />
      </Labelled>
      <Labelled id={criterion.id} title="完成标准" help="办到什么程度算到位，核验时对照它。" error={criterion.error}>
        <Input.TextArea
          id={criterion.id}
          aria-invalid={criterion.control.invalid}
          aria-describedby={criterion.control['aria-describedby']}
          autoSize={{ minRows: 2, maxRows: 6 }}
          value={row.criterion}
          onChange={(event) => set({ criterion: event.target.value })}
        />
      </Labelled>
    </>
  )
}
