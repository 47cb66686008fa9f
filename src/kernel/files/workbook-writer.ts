import { Readable } from 'node:stream'
import { columnLetters } from './workbook-cells.ts'
import { type ZipPart, zipStream } from './zip-stream.ts'

/** How numbers of a column are shown. Everything that is not a number is written as text, so nothing can become a formula. */
export type ColumnFormat = 'text' | 'integer' | 'decimal' | 'percent'

export interface SheetColumn {
  readonly title: string
  /** In characters of the standard font; 16 when left out. */
  readonly width?: number
  readonly format?: ColumnFormat
}

export type OutCell = string | number | boolean | null | undefined

export interface OutSheet {
  readonly name: string
  readonly columns: readonly SheetColumn[]
  readonly rows: Iterable<readonly OutCell[]> | AsyncIterable<readonly OutCell[]>
  /** Values a column may take, offered as a list while typing; by column number from 0. */
  readonly choices?: ReadonlyMap<number, readonly string[]>
}

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const officeRelations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packageRelations = 'http://schemas.openxmlformats.org/package/2006/relationships'
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

/** Excel holds no longer text in a cell. */
const longestCell = 32_767
const longestSheetName = 31

/** Places in `cellXfs` of the style part below. */
const styles = { heading: 1, text: 2, quoted: 3, integer: 4, decimal: 5, percent: 6 }

/** Texts that a spreadsheet, or whoever re-saves it as CSV, could take for a formula (OWASP, formula injection). */
const formulaLike = /^[\s\u0000]*[=+\-@＝＋－＠]|^[\t\r\n\u0000]/

/** True for a text that must be marked as text (quotePrefix) so that editing the cell does not make it a formula. */
export function looksLikeFormula(text: string): boolean {
  return formulaLike.test(text)
}

/** XML text: markup escaped, and what XML 1.0 cannot hold left out. */
function escapeXml(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .toWellFormed()
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\r', '&#13;')
}

/** A text that looks like an escape of the format must not be read back as one. */
function keepUnderscores(text: string): string {
  return text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
}

function textCell(address: string, text: string, style: number): string {
  const kept = escapeXml(keepUnderscores(text.slice(0, longestCell)))
  return `<c r="${address}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${kept}</t></is></c>`
}

function cellXml(address: string, cell: OutCell, format: ColumnFormat): string {
  if (cell === null || cell === undefined || cell === '') return ''
  if (typeof cell === 'number' && Number.isFinite(cell)) {
    return `<c r="${address}" s="${styles[format]}"><v>${cell}</v></c>`
  }
  if (typeof cell === 'boolean') return textCell(address, cell ? '是' : '否', styles.text)
  const text = String(cell)
  return textCell(address, text, looksLikeFormula(text) ? styles.quoted : styles.text)
}

function rowXml(row: number, cells: readonly OutCell[], columns: readonly SheetColumn[]): string {
  const body = columns.map((column, i) => cellXml(`${columnLetters(i + 1)}${row}`, cells[i], column.format ?? 'text')).join('')
  return `<row r="${row}">${body}</row>`
}

function headingXml(columns: readonly SheetColumn[]): string {
  return `<row r="1">${columns.map((c, i) => textCell(`${columnLetters(i + 1)}1`, c.title, styles.heading)).join('')}</row>`
}

function columnsXml(columns: readonly SheetColumn[]): string {
  const one = (c: SheetColumn, i: number) =>
    `<col min="${i + 1}" max="${i + 1}" width="${c.width ?? 16}" style="${styles[c.format ?? 'text']}" customWidth="1"/>`
  return `<cols>${columns.map(one).join('')}</cols>`
}

function choicesXml(choices: OutSheet['choices']): string {
  if (!choices || choices.size === 0) return ''
  const rules = [...choices].map(([column, values]) => {
    const letters = columnLetters(column + 1)
    return (
      `<dataValidation type="list" allowBlank="1" showErrorMessage="0" sqref="${letters}2:${letters}100001">` +
      `<formula1>"${escapeXml(values.join(','))}"</formula1></dataValidation>`
    )
  })
  return `<dataValidations count="${rules.length}">${rules.join('')}</dataValidations>`
}

async function* sheetXml(sheet: OutSheet, selected: boolean): AsyncGenerator<string> {
  yield `${declaration}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"${selected ? ' tabSelected="1"' : ''}>`
  yield '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
  yield `${columnsXml(sheet.columns)}<sheetData>${headingXml(sheet.columns)}`
  let row = 1
  for await (const cells of sheet.rows) {
    row += 1
    yield rowXml(row, cells, sheet.columns)
  }
  yield `</sheetData>${choicesXml(sheet.choices)}</worksheet>`
}

const stylesXml =
  `${declaration}<styleSheet xmlns="${main}">` +
  '<fonts count="2"><font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="11"/><name val="宋体"/></font></fonts>' +
  '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>' +
  '<fill><patternFill patternType="solid"><fgColor rgb="FFF2F2F2"/></patternFill></fill></fills>' +
  '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="7"><xf/>' +
  '<xf numFmtId="49" fontId="1" fillId="2" applyNumberFormat="1" applyFont="1" applyFill="1"/>' +
  '<xf numFmtId="49" applyNumberFormat="1"/><xf numFmtId="49" quotePrefix="1" applyNumberFormat="1"/>' +
  '<xf numFmtId="1" applyNumberFormat="1"/><xf numFmtId="4" applyNumberFormat="1"/><xf numFmtId="10" applyNumberFormat="1"/>' +
  '</cellXfs></styleSheet>'

/** A name that Excel accepts, and that no other sheet of the workbook has. */
function sheetName(name: string, index: number, all: readonly OutSheet[]): string {
  const plain =
    name
      .replace(/[\\/?*[\]:]/g, ' ')
      .replace(/^'+|'+$/g, '')
      .trim()
      .slice(0, longestSheetName) || `表${index + 1}`
  const taken = all.slice(0, index).some((other) => other.name.toLowerCase() === name.toLowerCase())
  return taken ? `${plain.slice(0, longestSheetName - 4)} (${index + 1})` : plain
}

function* workbookParts(sheets: readonly OutSheet[]): Generator<ZipPart> {
  const sheetType = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
  const part = (name: string, xml: string): ZipPart => ({ name, content: [declaration, xml] })
  const override = (name: string, type: string) => `<Override PartName="/xl/${name}.xml" ContentType="${sheetType}.${type}+xml"/>`
  yield part(
    '[Content_Types].xml',
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ' +
      'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>' +
      override('workbook', 'sheet.main') +
      override('styles', 'styles') +
      `${sheets.map((_, i) => override(`worksheets/sheet${i + 1}`, 'worksheet')).join('')}</Types>`,
  )
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${officeRelations}/${type}" Target="${target}"/>`
  const relations = (all: string) => `<Relationships xmlns="${packageRelations}">${all}</Relationships>`
  yield part('_rels/.rels', relations(relation('r1', 'officeDocument', 'xl/workbook.xml')))
  const links = sheets.map((_, i) => relation(`s${i + 1}`, 'worksheet', `worksheets/sheet${i + 1}.xml`)).join('')
  yield part('xl/_rels/workbook.xml.rels', relations(links + relation('styles', 'styles', 'styles.xml')))
  const names = sheets.map(
    (s, i) => `<sheet name="${escapeXml(sheetName(s.name, i, sheets))}" sheetId="${i + 1}" r:id="s${i + 1}"/>`,
  )
  yield part(
    'xl/workbook.xml',
    `<workbook xmlns="${main}" xmlns:r="${officeRelations}"><sheets>${names.join('')}</sheets></workbook>`,
  )
  yield { name: 'xl/styles.xml', content: [stylesXml] }
  for (const [index, sheet] of sheets.entries()) {
    yield { name: `xl/worksheets/sheet${index + 1}.xml`, content: sheetXml(sheet, index === 0) }
  }
}

/**
 * Writes an xlsx workbook as a stream of bytes; rows are asked for only as fast as the bytes are taken. Texts are written as
 * texts, and those that look like formulas are marked as text as well. An error of a row source destroys the stream.
 */
export function writeWorkbook(workbook: { readonly sheets: readonly OutSheet[] }): Readable {
  if (workbook.sheets.length === 0) throw new RangeError('a workbook needs a sheet')
  return Readable.from(zipStream(workbookParts(workbook.sheets)), { objectMode: false })
}
