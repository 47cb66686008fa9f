import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { showTypeSize } from '../../ui/screen.ts'
import '../../ui/palette.css'
import { Gate } from './gate.tsx'

showTypeSize()

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
createRoot(root).render(
  <StrictMode>
    <Gate />
  </StrictMode>,
)
