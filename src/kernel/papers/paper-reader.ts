import { problems, Problem } from '../errors/problem.ts'
import '../files/files.problems.ts'
import { openWorkbookArchive, type WorkbookArchive } from '../files/workbook-archive.ts'
import { guardArchive } from '../files/workbook-guard.ts'
import { defaultWorkbookLimits } from '../files/workbook-limits.ts'
import { parsePart, type XmlListener } from '../files/workbook-parts.ts'
import type { PaperPlace } from './paper-compare.ts'

problems({
  'files.paper_not_docx': { status: 415, title: '这不是 docx 文件。请在 Word 或 WPS 中“另存为”docx 格式，再上传。' },
  'files.paper_broken': { status: 400, title: '文件损坏或不完整，无法读取。请在 Word 或 WPS 中打开检查，重新保存后再上传。' },
  'files.paper_refused': {
    status: 400,
    title: '文件带有宏、嵌入对象或外部内容，已拒绝读取。请把文字复制到新建的文档中保存后再上传。',
  },
  'files.paper_too_large': { status: 413, title: '文件太大。请删去图片，只留文字和表格后再上传。' },
})

const limits = { ...defaultWorkbookLimits, maxFileBytes: 10 * 1024 * 1024, maxUnpackedBytes: 40 * 1024 * 1024 }

/** A paper longer than this was not made here. */
const mostPlaces = 6000
const mostCharacters = 1_000_000

/** The archive's refusals in words about documents. */
const inWords: Readonly<Record<string, string>> = {
  'files.workbook_not_xlsx': 'files.paper_not_docx',
  'files.workbook_old_or_locked': 'files.paper_not_docx',
  'files.workbook_too_large': 'files.paper_too_large',
  'files.workbook_bomb': 'files.paper_refused',
  'files.workbook_active_content': 'files.paper_refused',
  'files.workbook_doctype': 'files.paper_refused',
}

/** Gathers paragraphs and table rows. What was struck out with tracked changes is `delText` and so not heard. */
class Places implements XmlListener {
  readonly found: PaperPlace[] = []
  #characters = 0
  #text = ''
  #inText = false
  #raised = false
  #paragraphs = 0
  #tables = 0
  #row = 0
  #depth = 0
  #cells: string[] = []

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'r') this.#raised = false
    else if (name === 'vertAlign') this.#raised = attributes['w:val'] === 'superscript'
    // A footnote's mark is no number of the text.
    else if (name === 't') this.#inText = !this.#raised
    else if (name === 'tab' || name === 'br') this.#text += ' '
    else if (name === 'tbl') this.#table()
    else if (name === 'tr' && this.#depth === 1) this.#cells = []
  }

  #table(): void {
    this.#depth += 1
    if (this.#depth > 1) return
    this.#tables += 1
    this.#row = 0
  }

  text(text: string): void {
    if (!this.#inText) return
    this.#characters += text.length
    if (this.#characters > mostCharacters) throw new Problem('files.paper_too_large')
    this.#text += text
  }

  close(name: string): void {
    if (name === 't') this.#inText = false
    else if (name === 'p' && this.#depth === 0) this.#paragraph()
    else if (name === 'tc' && this.#depth === 1) this.#cells.push(this.#taken())
    else if (name === 'tr' && this.#depth === 1) this.#line()
    else if (name === 'tbl') this.#depth -= 1
  }

  #taken(): string {
    const text = this.#text.trim()
    this.#text = ''
    return text
  }

  #add(where: string, text: string): void {
    if (this.found.length >= mostPlaces) throw new Problem('files.paper_too_large')
    this.found.push({ where, text })
  }

  #paragraph(): void {
    const text = this.#taken()
    if (text === '') return
    this.#paragraphs += 1
    this.#add(`第${this.#paragraphs}段`, text)
  }

  #line(): void {
    this.#row += 1
    this.#add(`表${this.#tables}第${this.#row}行`, this.#cells.join('｜'))
  }
}

async function placesOf(archive: WorkbookArchive): Promise<PaperPlace[]> {
  if (!archive.parts.has('word/document.xml')) throw new Problem('files.paper_not_docx')
  const places = new Places()
  for await (const _bytes of parsePart(archive, 'word/document.xml', places)) continue
  return places.found
}

/**
 * Paragraphs and table rows of a docx file, in order. The archive is judged before a byte of it is parsed: no macros, no outside content,
 * no DOCTYPE, bounded in size. Throws a Problem `files.paper_…` with the remedy.
 */
export async function readPaper(path: string): Promise<PaperPlace[]> {
  try {
    const archive = await openWorkbookArchive(path, limits)
    try {
      await guardArchive(archive, limits)
      return await placesOf(archive)
    } finally {
      archive.close()
    }
  } catch (error) {
    if (error instanceof Problem && error.code.startsWith('files.paper_')) throw error
    const code = error instanceof Problem ? (inWords[error.code] ?? 'files.paper_broken') : 'files.paper_broken'
    throw new Problem(code, { cause: error })
  }
}
