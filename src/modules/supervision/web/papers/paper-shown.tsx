import { chineseNumber } from '../../../../kernel/papers/chinese-number.ts'
import type { PaperBlock, PaperBody, PaperRun } from '../../../../kernel/papers/paper.contract.ts'
import { inChinese } from '../../../../kernel/time/civil-date.ts'
import styles from './papers.module.css'

/** Footnotes in the order in which their figures come; the same sentence once. */
function notesOf(body: PaperBody): string[] {
  const blocks = [...body.blocks, ...body.annexes.flatMap((annex) => annex.blocks)]
  const runs = blocks.flatMap((block) => (block.kind === 'heading' ? [] : block.kind === 'text' ? block.runs : block.rows.flat()))
  return [...new Set(runs.flatMap((run) => (typeof run === 'string' ? [] : [run.note])))]
}

function Run({ run, notes }: { run: PaperRun; notes: readonly string[] }) {
  if (typeof run === 'string') return run
  return (
    <>
      {run.figure}
      <sup>{notes.indexOf(run.note) + 1}</sup>
    </>
  )
}

const numbers = [
  (count: number) => `${chineseNumber(count)}、`,
  (count: number) => `（${chineseNumber(count)}）`,
  (count: number) => `${count}.`,
  (count: number) => `（${count}）`,
]

/** Headings with their numbers, by place among the blocks. */
function headingsOf(blocks: readonly PaperBlock[]): Map<number, string> {
  const counts = [0, 0, 0, 0]
  const found = new Map<number, string>()
  for (const [at, block] of blocks.entries()) {
    if (block.kind !== 'heading') continue
    const level = block.level - 1
    counts[level] = (counts[level] ?? 0) + 1
    counts.fill(0, level + 1)
    found.set(at, `${numbers[level]?.(counts[level] ?? 1) ?? ''}${block.text}`)
  }
  return found
}

function Table({ block, notes }: { block: Extract<PaperBlock, { kind: 'table' }>; notes: readonly string[] }) {
  return (
    <section className={styles.wide} aria-label={block.columns.map((column) => column.title).join('、')}>
      <table className={styles.table}>
        <thead>
          <tr>
            {block.columns.map((column) => (
              <th key={column.title} scope="col">
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {block.rows.map((cells, row) => (
            <tr key={row}>
              {cells.map((run, at) => (
                <td key={block.columns[at]?.title ?? at}>
                  <Run run={run} notes={notes} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Blocks({ blocks, notes }: { blocks: readonly PaperBlock[]; notes: readonly string[] }) {
  const headings = headingsOf(blocks)
  return blocks.map((block, at) => {
    if (block.kind === 'table') return <Table key={at} block={block} notes={notes} />
    if (block.kind === 'heading')
      return (
        <p key={at} className={styles.level}>
          {headings.get(at)}
        </p>
      )
    return (
      <p key={at} className={styles.text}>
        {block.runs.map((run, place) => (
          <Run key={place} run={run} notes={notes} />
        ))}
      </p>
    )
  })
}

/** The text of a paper as it will be written, with its footnotes. */
export function PaperShown(props: { body: PaperBody; number: string | null; issuedOn: string | null }) {
  const { body } = props
  const notes = notesOf(body)
  return (
    <article className={styles.paper} aria-label="文书正文">
      <p className={styles.mark}>{body.mark}</p>
      <p className={styles.number}>{props.number ?? '签发时编号'}</p>
      <h2 className={styles.title}>{body.title}</h2>
      {body.to.length > 0 && <p className={styles.plain}>{body.to.join('、')}：</p>}
      <Blocks blocks={body.blocks} notes={notes} />
      {body.people.map((one) => (
        <p key={one.label} className={styles.text}>
          {one.label}：{one.names.join('、')}
        </p>
      ))}
      <p className={styles.right}>{body.signer}</p>
      <p className={styles.right}>{props.issuedOn === null ? '签发日期' : inChinese(props.issuedOn)}</p>
      {body.annexes.map((annex) => (
        <section key={annex.title} className={styles.stack}>
          <h2 className={styles.title}>附件：{annex.title}</h2>
          <Blocks blocks={annex.blocks} notes={notes} />
        </section>
      ))}
      {body.copies.length > 0 && <p className={styles.plain}>抄送：{body.copies.join('，')}。</p>}
      {notes.length > 0 && (
        <ol className={styles.notes} aria-label="脚注">
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ol>
      )}
    </article>
  )
}
