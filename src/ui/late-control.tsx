import { type ComponentType, createElement, lazy, Suspense } from 'react'
import styles from './form.module.css'

/**
 * A control of a form whose code is fetched when it is first shown. Its room is kept meanwhile, so that nothing below it
 * moves away from under a finger. `width` as the control takes it.
 */
export function lateControl<Props extends { readonly width?: string }>(
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  const Control: ComponentType<Props> = lazy(() => load().then((control) => ({ default: control })))
  return function LateControl(props: Props) {
    return (
      <Suspense fallback={<span className={styles.room} style={{ width: props.width ?? '100%' }} />}>
        {createElement(Control, props)}
      </Suspense>
    )
  }
}
