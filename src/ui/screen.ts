import { useSyncExternalStore } from 'react'
import { keep, readKept } from './device-store.ts'

const narrow = '(max-width: 767px)'
const listeners = new Set<() => void>()
let large = readKept<boolean>('large-type') === true

function watchScreen(listener: () => void): () => void {
  const media = matchMedia(narrow)
  media.addEventListener('change', listener)
  return () => media.removeEventListener('change', listener)
}

/** True on a phone's width. */
export function usePhone(): boolean {
  return useSyncExternalStore(watchScreen, () => matchMedia(narrow).matches)
}

function watchType(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Large type on or off; belongs to the device, so it also holds before sign-in. */
export function useLargeType(): [boolean, (on: boolean) => void] {
  return [useSyncExternalStore(watchType, () => large), setLargeType]
}

function setLargeType(on: boolean): void {
  large = on
  keep(on ? true : null, 'large-type')
  showTypeSize()
  for (const listener of listeners) listener()
}

/** Marks the document, so that style sheets follow; called once at the start. */
export function showTypeSize(): void {
  document.documentElement.dataset.type = large ? 'large' : 'normal'
}

function watchNetwork(listener: () => void): () => void {
  addEventListener('online', listener)
  addEventListener('offline', listener)
  return () => {
    removeEventListener('online', listener)
    removeEventListener('offline', listener)
  }
}

/** False while the device knows that it has no network. */
export function useOnline(): boolean {
  return useSyncExternalStore(watchNetwork, () => navigator.onLine)
}
