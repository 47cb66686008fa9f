import { lazy, StrictMode, Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import { showTypeSize } from '../../ui/screen.ts'
import '../../ui/palette.css'
import { letterPage } from '../../modules/supervision/web/index.ts'
import { Gate } from './gate.tsx'

showTypeSize()

// Whoever tells something without a name meets neither session nor gate.
const Letter = lazy(() => letterPage().then((page) => ({ default: page })))

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
createRoot(root).render(
  <StrictMode>
    {location.pathname === '/letter' ? (
      <Suspense fallback={null}>
        <Letter />
      </Suspense>
    ) : (
      <Gate />
    )}
  </StrictMode>,
)
