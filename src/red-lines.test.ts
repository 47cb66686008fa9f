import { describe, expect, test } from 'vitest'
import data from './red-lines.json' with { type: 'json' }
import { readNames, readProduct } from './red-lines.reader.ts'
import { crossings, judge, type RedLine, type RedLineException } from './red-lines.rules.ts'

const lines: readonly RedLine[] = data.lines
const exceptions: readonly RedLineException[] = data.exceptions
const linesCrossedBy = (path: string, text: string) => crossings([readNames(path, text)], lines).map((one) => one.line)

describe('the product has none of the functions that regulations forbid', () => {
  const product = readProduct(new URL('../', import.meta.url))

  test('no name, text, column or route crosses a red line', () => {
    expect(judge(crossings(product, lines), exceptions)).toEqual([])
  })

  // As in import-directions.test.ts: raise the floors in red-lines.json as the product grows.
  test('as much was read as there is to read', () => {
    expect(product.length).toBeGreaterThanOrEqual(data.floors.files)
    expect(product.flatMap((file) => file.identifiers).length).toBeGreaterThanOrEqual(data.floors.names)
  })

  test('every exception gives its reason', () => {
    for (const { reason } of exceptions) expect(reason.length).toBeGreaterThan(10)
  })
})

const seeded: [line: string, path: string, text: string][] = [
  ['check-in', 'src/modules/orglife/meetings.actions.ts', 'export function checkIn() {}'],
  ['check-in', 'src/modules/orglife/meetings.contract.ts', "export const path = '/api/v1/meetings/:id/check-ins'"],
  ['check-in', 'src/modules/orglife/web/meeting-form.tsx', 'export const Part = () => <button type="button">扫码签到</button>'],
  ['check-in', 'db/migrations/202611230000-orglife-add-check-ins.sql', 'select 1;'],
  ['check-in', 'db/migrations/a.sql', 'create table orglife.meetings (checked_in_at timestamptz);'],
  ['points', 'src/modules/desk/home.queries.ts', 'export const totalPoints = 1'],
  ['points', 'rulebooks/city.yaml', 'requirements:\n  - code: X1\n    title: 党员积分\n'],
  ['points', 'rulebooks/city.yaml', 'requirements:\n  - measure: member.bonus_points\n'],
  ['streak', 'src/modules/desk/home.store.ts', 'export const read = `select current_streak from desk.accounts`'],
  ['ranking', 'src/modules/desk/home.queries.ts', 'export function rankMembers() {}'],
  ['ranking', 'src/modules/desk/web/cockpit.page.tsx', "export const title = '支部排名'"],
  ['online-time', 'db/migrations/a.sql', 'alter table desk.accounts add online_minutes integer;'],
  ['online-time', 'src/modules/learning/sessions.contract.ts', "export const field = 'watchedSeconds'.length"],
  ['usage-statistics', 'src/modules/desk/usage.queries.ts', 'export const loginRate = 1'],
  ['usage-statistics', 'src/modules/desk/web/usage.page.tsx', 'export const Part = () => <p>各单位安装率</p>'],
  ['applause', 'src/modules/learning/articles.contract.ts', 'export const article = { likes: 1 }'],
  ['location', 'src/modules/orglife/web/meeting-form.tsx', 'navigator.geolocation.getCurrentPosition(() => undefined)'],
  ['location', 'db/migrations/a.sql', 'create table orglife.places (latitude numeric);'],
  ['required-photo', 'src/modules/orglife/meetings.contract.ts', 'export const meeting = { photos: z.array(fileId).min(1) }'],
  ['required-photo', 'src/modules/orglife/meetings.contract.ts', 'export const attachmentRequired = true'],
  ['required-photo', 'db/migrations/a.sql', 'create table orglife.meetings (photo text not null);'],
  ['word-minimum', 'src/modules/orglife/meetings.contract.ts', 'export const minutes = z.string().trim().min(200)'],
  ['word-minimum', 'src/modules/orglife/meetings.contract.ts', "export const help = '心得不少于500字'"],
  ['word-minimum', 'src/modules/orglife/meetings.rules.ts', 'export const minimumWords = 300'],
  ['word-minimum', 'db/migrations/a.sql', 'alter table orglife.talks add check (char_length(body) >= 300);'],
]

describe('a function that crosses a red line is found', () => {
  test.each(seeded)('%s in %s: %s', (line, path, text) => {
    expect(linesCrossedBy(path, text)).toContain(line)
  })

  test('every red line has a seeded defect', () => {
    expect(new Set(seeded.map(([line]) => line))).toEqual(new Set(lines.map((line) => line.name)))
  })

  test('an exception that nothing needs is reported', () => {
    const exception = { line: 'points', file: 'src/a.ts', found: 'dataPoints', reason: 'the points of a chart' }
    expect(judge([{ line: 'points', file: 'src/a.ts', found: 'dataPoints' }], [exception])).toEqual([])
    expect(judge([], [exception])).toHaveLength(1)
    expect(judge([{ line: 'points', file: 'src/b.ts', found: 'dataPoints' }], [exception])).toHaveLength(2)
  })
})

test('what is innocent passes: comments, signing in, checkpoints, optional attachments, quoted clauses', () => {
  expect(
    [
      ['src/a.ts', '// no check-ins, no points, 不设打卡签到\nexport const checkpoint = 1 // streak'],
      ['src/a.ts', "export function signIn() {}\nexport const message = 'it points to a folder'"],
      ['src/a.ts', 'export const meeting = { attachments: z.array(fileId).max(9), reason: z.string().min(1) }'],
      [
        'db/a.sql',
        "-- points\ncreate table a (kind text check (kind in ('b')), rank integer);\ncomment on table a is '不记积分';",
      ],
      ['rulebooks/a.yaml', 'clauses:\n  - code: JF1\n    text: 某市实行党员积分制\n'],
    ].flatMap(([path = '', text = '']) => linesCrossedBy(path, text)),
  ).toEqual([])
})
