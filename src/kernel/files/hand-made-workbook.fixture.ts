import { writeFile } from 'node:fs/promises'
import { crc32, deflateRawSync } from 'node:zlib'

/** A part of a workbook made by hand for a test; `claims` forges the size that the directory declares. */
export interface HandPart {
  readonly name: string
  readonly content: string | Buffer
  readonly claims?: number
}

const relations = 'http://schemas.openxmlformats.org/package/2006/relationships'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'

/** The parts of a small honest workbook with one sheet; `rows` is what stands in `sheetData`. */
export function honestParts(rows: string, more: { workbookPr?: string; sharedStrings?: string } = {}): HandPart[] {
  const strings =
    more.sharedStrings === undefined
      ? []
      : [{ name: 'xl/sharedStrings.xml', content: `<sst xmlns="${main}">${more.sharedStrings}</sst>` }]
  return [
    { name: '[Content_Types].xml', content: '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>' },
    {
      name: '_rels/.rels',
      content: `<Relationships xmlns="${relations}"><Relationship Id="r1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content:
        `<Relationships xmlns="${relations}"><Relationship Id="s1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/>` +
        `<Relationship Id="ss" Type="${office}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
    },
    {
      name: 'xl/workbook.xml',
      content: `<workbook xmlns="${main}" xmlns:r="${office}">${more.workbookPr ?? ''}<sheets><sheet name="表" sheetId="1" r:id="s1"/></sheets></workbook>`,
    },
    { name: 'xl/worksheets/sheet1.xml', content: `<worksheet xmlns="${main}"><sheetData>${rows}</sheetData></worksheet>` },
    ...strings,
  ]
}

function header(part: HandPart, packed: Buffer, offset: number | undefined): Buffer {
  const content = Buffer.from(part.content)
  const name = Buffer.from(part.name)
  const central = offset !== undefined
  const block = Buffer.alloc(central ? 46 : 30)
  block.writeUInt32LE(central ? 0x02014b50 : 0x04034b50, 0)
  const at = central ? 6 : 4
  block.writeUInt16LE(20, at)
  block.writeUInt16LE(0x0800, at + 2)
  block.writeUInt16LE(8, at + 4)
  block.writeUInt16LE(0x0021, at + 8)
  block.writeUInt32LE(crc32(content), at + 10)
  block.writeUInt32LE(packed.length, at + 14)
  block.writeUInt32LE(part.claims ?? content.length, at + 18)
  block.writeUInt16LE(name.length, at + 22)
  if (central) block.writeUInt32LE(offset, 42)
  return Buffer.concat([block, name])
}

/** Packs parts as they are told, lies included. `overlapping` lets every entry point at the first one's bytes. */
export function packByHand(parts: readonly HandPart[], overlapping = false): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const part of parts) {
    const packed = deflateRawSync(Buffer.from(part.content))
    const local = Buffer.concat([header(part, packed, undefined), packed])
    directory.push(header(part, packed, overlapping ? 0 : offset))
    locals.push(local)
    offset += local.length
  }
  const central = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, central, end])
}

export async function writeByHand(path: string, parts: readonly HandPart[], overlapping = false): Promise<string> {
  await writeFile(path, packByHand(parts, overlapping))
  return path
}
