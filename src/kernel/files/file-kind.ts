import { open } from 'node:fs/promises'
import { fileTypeFromFile } from 'file-type'
import { openPromise } from 'yauzl'
import { Problem } from '../errors/problem.ts'

/** What is taken in, by what the bytes say, with the endings a name may have. */
const kinds: ReadonlyMap<string, readonly string[]> = new Map([
  ['application/pdf', ['pdf']],
  ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', ['docx']],
  ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', ['xlsx']],
  ['application/vnd.openxmlformats-officedocument.presentationml.presentation', ['pptx']],
  ['application/ofd', ['ofd']],
  ['image/png', ['png']],
  ['image/jpeg', ['jpg', 'jpeg']],
  ['text/plain', ['txt', 'csv', 'log']],
])

const activeParts = /vbaproject|vbadata|\/activex\/|oleobject|\/macrosheets\//
const mostParts = 10_000
const mostContentTypes = 1_048_576

/** Judges a file by its bytes and answers its media type. Throws a Problem for everything that is not on the list. */
export async function kindOf(file: string, name: string): Promise<string> {
  const mediaType = await mediaTypeOf(file)
  const endings = mediaType === undefined ? undefined : kinds.get(mediaType)
  if (!endings || mediaType === undefined) throw new Problem('files.kind_refused')
  if (!endings.includes(name.toLowerCase().split('.').at(-1) ?? '')) throw new Problem('files.name_does_not_fit')
  return mediaType
}

async function mediaTypeOf(file: string): Promise<string | undefined> {
  const found = (await fileTypeFromFile(file))?.mime
  if (found === undefined) return textOrNothing(file)
  if (found.includes('macroEnabled')) throw new Problem('files.active_content')
  return found === 'application/zip' || found.includes('openxmlformats') ? packageOrNothing(file) : found
}

/** Office documents are archives of parts: what they are stands in their list of content types, what they could do in their names. */
async function packageOrNothing(file: string): Promise<string | undefined> {
  const { names, contentTypes } = await partsOf(file).catch((cause: unknown) => {
    throw new Problem('files.damaged', { cause })
  })
  if (names.length > mostParts || /macroEnabled/i.test(contentTypes) || names.some((part) => activeParts.test(part))) {
    throw new Problem('files.active_content')
  }
  if (names.includes('ofd.xml')) return 'application/ofd'
  const main =
    /application\/vnd\.openxmlformats-officedocument\.(wordprocessingml\.document|spreadsheetml\.sheet|presentationml\.presentation)\.main\+xml/
  const kind = main.exec(contentTypes)?.[1]
  return kind && `application/vnd.openxmlformats-officedocument.${kind}`
}

async function partsOf(file: string): Promise<{ names: string[]; contentTypes: string }> {
  const zip = await openPromise(file, { autoClose: false })
  try {
    const names: string[] = []
    let contentTypes = ''
    for await (const entry of zip.eachEntry()) {
      names.push(entry.fileName.toLowerCase())
      if (entry.fileName !== '[Content_Types].xml' || entry.uncompressedSize > mostContentTypes) continue
      for await (const chunk of await zip.openReadStreamPromise(entry)) contentTypes += String(chunk)
    }
    return { names, contentTypes }
  } finally {
    zip.close()
  }
}

/** Text is what decodes as UTF-8 or GB 18030 without control characters; markup that a browser would run is not text here. */
async function textOrNothing(file: string): Promise<string | undefined> {
  await using handle = await open(file)
  let first = true
  const decoders = [new TextDecoder('utf-8', { fatal: true }), new TextDecoder('gb18030', { fatal: true })]
  const alive = new Set(decoders)
  for await (const chunk of handle.createReadStream({ autoClose: false })) {
    const bytes: Buffer = Buffer.from(chunk as Uint8Array)
    if (/[\u0000-\u0008\u000e-\u001f]/.test(bytes.toString('latin1'))) return undefined
    if (first && looksLikeMarkup(bytes)) return undefined
    first = false
    for (const decoder of alive) if (!decodes(decoder, bytes)) alive.delete(decoder)
    if (alive.size === 0) return undefined
  }
  return 'text/plain'
}

function decodes(decoder: { decode(bytes: Uint8Array, how: { stream: boolean }): string }, bytes: Uint8Array): boolean {
  try {
    decoder.decode(bytes, { stream: true })
    return true
  } catch {
    return false
  }
}

function looksLikeMarkup(head: Buffer): boolean {
  return /<(!doctype|html|head|body|script|svg|iframe|\?xml|[a-z]+[\s>/])/i.test(head.subarray(0, 4_096).toString('latin1'))
}
