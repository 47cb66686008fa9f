import { useNavigate } from '@tanstack/react-router'
import { Button, type ButtonProps } from 'antd'
import type { MouseEvent, ReactNode } from 'react'

/** Follows an address of this site, search included, without loading the page anew; a new tab stays the browser's affair. */
function useGo(to: string): (event: MouseEvent<HTMLElement>) => void {
  const navigate = useNavigate()
  return (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    void navigate({ href: to })
  }
}

/** A link to any address of this site, such as one that the server gave. */
export function Go(props: { to: string; className?: string; label?: string; children: ReactNode }) {
  const go = useGo(props.to)
  return (
    <a
      href={props.to}
      onClick={go}
      {...(props.className && { className: props.className })}
      {...(props.label && { 'aria-label': props.label })}
    >
      {props.children}
    </a>
  )
}

/** The same, looking like a button. */
export function GoButton(props: {
  to: string
  type?: ButtonProps['type']
  size?: ButtonProps['size']
  label?: string
  children: ReactNode
}) {
  const go = useGo(props.to)
  return (
    <Button
      href={props.to}
      onClick={go}
      {...(props.type && { type: props.type })}
      {...(props.size && { size: props.size })}
      {...(props.label && { 'aria-label': props.label })}
    >
      {props.children}
    </Button>
  )
}
