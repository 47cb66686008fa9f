import { CloseCircleFilled } from '@ant-design/icons'

/** A way to empty a choice, named in the reader's language. `what` is the field's own word. */
export function clearable(what: string) {
  return { label: `清除${what}`, clearIcon: <CloseCircleFilled aria-hidden /> }
}
