import { type RefObject, useEffect, useRef } from 'react'

/** Keys pressed anywhere inside an element, which itself need not take the focus. */
export function useKeys(element: RefObject<HTMLElement | null>, onKey: (event: KeyboardEvent) => void): void {
  const latest = useRef(onKey)
  useEffect(() => {
    latest.current = onKey
  })
  useEffect(() => {
    const inside = element.current
    if (!inside) return
    const press = (event: KeyboardEvent) => {
      // A dialog above has its keys to itself.
      const above = event.target instanceof Element && event.target.closest('dialog')
      if (!above || above.contains(inside)) latest.current(event)
    }
    inside.addEventListener('keydown', press)
    return () => inside.removeEventListener('keydown', press)
  }, [element])
}
