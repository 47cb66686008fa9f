import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Read } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { fileStore } from '../../../kernel/files/file-store.ts'
import { fileById } from '../../../kernel/files/files.actions.ts'
import { readPaper } from '../../../kernel/papers/paper-reader.ts'
import { paperType } from '../../../kernel/papers/paper-writer.ts'

export interface ArticleFile {
  readonly sha256: string
  readonly name: string
  readonly paragraphs: readonly string[]
}

/** The text of an uploaded Word file, read from a folder that is gone afterwards. Throws a Problem with the remedy where it is no article. */
export async function articleFileOf(read: Read, fileId: string): Promise<ArticleFile> {
  const file = await fileById(read, fileId)
  if (file.media_type !== paperType)
    throw new Problem('learning.article_not_word', { errors: [{ field: 'fileId', message: '请上传 docx 格式的 Word 文件。' }] })
  const folder = await mkdtemp(path.join(tmpdir(), 'biaoshuai-article-'))
  try {
    const copy = path.join(folder, 'article.docx')
    await pipeline(await fileStore().get(file.sha256), createWriteStream(copy, { mode: 0o600 }))
    const paragraphs = (await readPaper(copy)).map(({ text }) => text)
    if (paragraphs.length === 0)
      throw new Problem('learning.article_empty', { errors: [{ field: 'fileId', message: '文件里没有读到文字。' }] })
    return { sha256: file.sha256, name: file.name, paragraphs }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
