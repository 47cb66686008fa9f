import { Button, Input, Select } from 'antd'
import { fieldKinds, type RequestField } from '../../data-requests/data-requests.contract.ts'

export type DraftField = Partial<RequestField>

const kindOptions = Object.entries(fieldKinds).map(([value, label]) => ({ value, label }))

interface RequestFieldsProps {
  readonly id: string
  readonly value: readonly DraftField[]
  readonly errors: ReadonlyMap<string, string>
  readonly onChange: (fields: readonly DraftField[]) => void
}

/** What is asked, line by line: as few as will do. */
export function RequestFields({ id, value, errors, onChange }: RequestFieldsProps) {
  const change = (at: number, part: DraftField) =>
    onChange(value.map((field, index) => (index === at ? { ...field, ...part } : field)))
  return (
    <div className="request-fields">
      {value.map((field, at) => (
        <fieldset key={at} data-invalid={['title', 'kind', 'choices'].some((part) => errors.has(`fields.${at}.${part}`))}>
          <legend>第 {at + 1} 项</legend>
          <Input
            id={at === 0 ? id : undefined}
            aria-label={`第 ${at + 1} 项填什么`}
            placeholder="填什么，例如：结对户数"
            value={field.title ?? ''}
            status={errors.has(`fields.${at}.title`) ? 'error' : ''}
            onChange={(event) => change(at, { title: event.target.value })}
          />
          <Select
            aria-label={`第 ${at + 1} 项的填法`}
            value={field.kind ?? null}
            placeholder="填法"
            options={kindOptions}
            onChange={(kind: RequestField['kind']) => change(at, { kind })}
          />
          {field.kind === 'number' && (
            <Input
              aria-label={`第 ${at + 1} 项的单位`}
              placeholder="单位"
              value={field.unit ?? ''}
              onChange={(event) => change(at, { unit: event.target.value || undefined })}
            />
          )}
          {field.kind === 'choice' && (
            <Select
              aria-label={`第 ${at + 1} 项可选的值`}
              mode="tags"
              placeholder="可选的值，输入后回车"
              value={field.choices ?? []}
              onChange={(choices: string[]) => change(at, { choices })}
            />
          )}
          {value.length > 1 && (
            <Button aria-label={`去掉第 ${at + 1} 项`} onClick={() => onChange(value.filter((_, index) => index !== at))}>
              去掉
            </Button>
          )}
          {['title', 'kind', 'choices'].map((part) => {
            const error = errors.get(`fields.${at}.${part}`)
            return (
              error && (
                <p key={part} role="alert" className="request-error">
                  {error}
                </p>
              )
            )
          })}
        </fieldset>
      ))}
      {value.length < 30 && <Button onClick={() => onChange([...value, { kind: 'number' }])}>再加一项</Button>}
    </div>
  )
}
