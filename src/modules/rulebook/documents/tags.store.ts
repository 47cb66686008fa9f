import { type Tx, writing } from '../../../kernel/database/handles.ts'
import type { RulebookTag } from './rulebook-tags.contract.ts'

/** Keeps a document's tags; one that is defined again takes the newer wording, and its records stay. */
export async function storeTags(tx: Tx, documentNo: number, tags: readonly RulebookTag[]): Promise<void> {
  if (tags.length === 0) return
  await writing<'rulebook'>(tx)
    .insertInto('rulebook.tags')
    .values(
      tags.map((tag, position) => ({
        document_no: documentNo,
        code: tag.code,
        title: tag.title,
        hint: tag.hint,
        fields: [...tag.fields],
        unit: tag.unit ?? null,
        categories: JSON.stringify(tag.categories),
        grades: JSON.stringify(tag.quality),
        kinds: [...tag.for],
        position,
      })),
    )
    .onConflict((conflict) =>
      conflict.column('code').doUpdateSet((e) => ({
        document_no: e.ref('excluded.document_no'),
        title: e.ref('excluded.title'),
        hint: e.ref('excluded.hint'),
        fields: e.ref('excluded.fields'),
        unit: e.ref('excluded.unit'),
        categories: e.ref('excluded.categories'),
        grades: e.ref('excluded.grades'),
        kinds: e.ref('excluded.kinds'),
        position: e.ref('excluded.position'),
      })),
    )
    .execute()
}
