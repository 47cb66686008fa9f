import { lazy } from 'react'
import type { PageRoute } from '../../../ui/page-route.ts'

/** The first page anybody sees. Loaded alone: whatever this door hands out must be lazy, or it weighs on signing in. */
export const SignInPage = lazy(() => import('./sign-in.page.tsx').then((page) => ({ default: page.SignInPage })))

export const pages: readonly PageRoute[] = []
