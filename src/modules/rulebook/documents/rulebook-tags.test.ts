import { expect, test } from 'vitest'
import { checkTags } from './rulebook-tags.rules.ts'
import { rulebookTag } from './rulebook-tags.contract.ts'

const aTag = (code: string, more: object = {}) =>
  rulebookTag.parse({ code, title: '走访', hint: '走访了谁、解决了什么', ...more })
const aFile = (fileName: string, tags: ReturnType<typeof aTag>[], params: Record<string, unknown> = {}) => ({
  fileName,
  rulebook: { tags, requirements: [{ measure: { params } }] },
})
function mistakes(files: ReturnType<typeof aFile>[], loaded: string[] = []): string[] {
  const found: string[] = []
  checkTags(files, (file, path, message) => void found.push(`${file.fileName} ${path.join('.')} ${message}`), loaded)
  return found
}

test('a tag is defined in one file and may be named by others', () => {
  expect(mistakes([aFile('a.yaml', [aTag('visit')]), aFile('b.yaml', [], { tags: ['visit'] })])).toEqual([])
  expect(mistakes([aFile('a.yaml', [aTag('visit')]), aFile('b.yaml', [aTag('visit')])])).toEqual([
    'b.yaml tags.0.code 标签“visit”已在 a.yaml 里定义，直接引用即可，请删去这一项。',
  ])
})

test('a measure that names an unknown tag, at the top or within a share, is refused at its place with the likely word', () => {
  const [first, second] = mistakes([aFile('a.yaml', [aTag('visit')], { tags: ['visits'], of: { tags: ['study'] } })])
  expect(first).toContain('requirements.0.measure.params.tags.0 没有代号为“visits”的标签，是不是“visit”？')
  expect(second).toContain('requirements.0.measure.params.of.tags.0')
  expect(mistakes([aFile('a.yaml', [], { tags: ['visit'] })], ['visit'])).toEqual([])
})

test('categories and grades do not repeat a code', () => {
  const twice = {
    categories: [
      { code: 'theory', title: '理论' },
      { code: 'theory', title: '业务' },
    ],
  }
  expect(mistakes([aFile('a.yaml', [aTag('visit', twice)])])[0]).toContain('tags.0.categories.1.code')
})
