import { Button } from 'antd'
import { type PointerEvent, useRef, useState } from 'react'
import styles from './inspections.module.css'

const width = 1000
const height = 400
type Strokes = readonly (readonly number[])[]

const line = (stroke: readonly number[]) =>
  stroke.reduce((path, value, index) => path + (index % 2 === 0 ? (index ? ' ' : '') : ',') + value, '')

/** A signature as it was drawn. */
export function SignatureDrawn(props: { strokes: Strokes; name: string }) {
  return (
    <svg className={styles.drawn} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={`${props.name}的签字`}>
      {props.strokes.map((stroke, index) => (
        <path key={index} d={`M${line(stroke)}`} />
      ))}
    </svg>
  )
}

/** A field to sign on the glass with a finger or a pen. */
export function SignaturePad(props: { label: string; strokes: Strokes; onChange: (strokes: number[][]) => void }) {
  const field = useRef<SVGSVGElement>(null)
  const [drawing, setDrawing] = useState<number[] | null>(null)
  const place = (event: PointerEvent): [number, number] => {
    const box = field.current?.getBoundingClientRect() ?? { left: 0, top: 0, width: 1, height: 1 }
    const within = (value: number, most: number) => Math.max(0, Math.min(most, Math.round(value)))
    return [
      within(((event.clientX - box.left) / box.width) * width, width),
      within(((event.clientY - box.top) / box.height) * height, height),
    ]
  }
  const end = () => {
    if (drawing && drawing.length >= 4) props.onChange([...props.strokes.map((stroke) => [...stroke]), drawing])
    setDrawing(null)
  }
  return (
    <div className={styles.pad}>
      <svg
        ref={field}
        className={styles.glass}
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={`${props.label}${props.strokes.length > 0 ? '，已签' : '，请在这里手写'}`}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId)
          setDrawing(place(event))
        }}
        onPointerMove={(event) => drawing && drawing.length < 2000 && setDrawing([...drawing, ...place(event)])}
        onPointerUp={end}
        onPointerCancel={end}
      >
        {[...props.strokes, ...(drawing ? [drawing] : [])].map((stroke, index) => (
          <path key={index} d={`M${line(stroke)}`} />
        ))}
      </svg>
      {props.strokes.length > 0 && <Button onClick={() => props.onChange([])}>重签</Button>}
    </div>
  )
}
