import { Readable } from 'node:stream'
import type { Download } from '../http/route.ts'
import type { OfficialPaper } from './paper.contract.ts'
import { paperType, writePaper } from './paper-writer.ts'

/** A written Word file as the answer of a download; the name is given without its ending. */
export const wordFile = (name: string, written: Buffer): Download => ({
  name: `${name}.docx`,
  mediaType: paperType,
  stream: Readable.from([written]),
})

/** A paper as the answer of a download; the name is given without its ending. */
export const paperFile = async (name: string, paper: OfficialPaper): Promise<Download> => wordFile(name, await writePaper(paper))
