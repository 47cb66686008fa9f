import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { aRuleDesk } from '../../tests/builders/a-rule-desk.ts'
import { tenSentences } from '../../tests/builders/ten-sentences.ts'
import { writeAsSystem } from '../kernel/database/transaction.ts'
import { testPlatform } from '../kernel/testing/test-platform.ts'
import { plainBody } from '../modules/rulebook/drafts/body.rules.ts'
import { differences } from '../modules/rulebook/drafts/compare.rules.ts'
import { editionBody } from '../modules/rulebook/drafts/editions.queries.ts'
import { reconstructed } from '../modules/rulebook/drafts/reconstruction.queries.ts'
import { compareShipped } from '../modules/rulebook/index.ts'

const platform = await testPlatform('2026-11-23')
const { ask, published, rows } = await aRuleDesk(platform, '2026-01-01')

interface Row {
  readonly version: number
  readonly enabled: boolean
  readonly no: number
  readonly from: string
  readonly to: string | null
}
const versionsOf = (code: string) =>
  rows<Row>(
    `select no, version, enabled, lower(valid)::text as "from", upper(valid)::text as "to" from rulebook.requirements
      where code = $1 order by version`,
    [code],
  )
const owedOf = async (code: string) => {
  const [found] = await rows<{ n: number }>(
    `select count(*)::int as n from rulebook.obligations o join rulebook.requirements r on r.no = o.requirement_no where r.code = $1`,
    [code],
  )
  return found?.n
}

describe('停用和开关', () => {
  it('a requirement ends on a day: what was owed before stays, what would come does not', async () => {
    await published('TY')
    const before = await owedOf('TY1')
    expect(before).toBeGreaterThan(0)
    expect(await ask('POST', '/requirements/TY1/end', { on: '2026-10-01', reason: '改为每半年一次' })).toMatchObject({
      status: 200,
    })
    expect(await owedOf('TY1')).toBe(before)
    expect(await ask('POST', '/requirements/TY1/end', { on: '2026-12-01', reason: '又停一次' })).toMatchObject({
      code: 'rulebook.already_ended',
    })
    expect(await ask('POST', '/requirements/TY2/end', { on: '2026-06-01', reason: '早于起用' })).toMatchObject({
      code: 'rulebook.date_wrong',
    })
    expect(await ask('POST', '/requirements/NO99/end', { on: '2027-01-01', reason: '没有这一项' })).toMatchObject({ status: 404 })
  })

  it('a document ends with all that it asks', async () => {
    await published('WJ')
    const ended = await ask('POST', '/rulebooks/WJ2026/end', { on: '2027-01-01', reason: '试行期满' })
    expect(ended.text).toContain('WJ1')
    expect(await versionsOf('WJ1')).toMatchObject([{ to: '2027-01-01' }])
    expect(await ask('POST', '/rulebooks/WJ2026/end', { on: '2027-06-01', reason: '再停一次' })).toMatchObject({
      code: 'rulebook.already_ended',
    })
  })

  it('what is switched off is nobody’s duty from that day, what is switched on is from the next period', async () => {
    await published('KG')
    expect(await ask('POST', '/requirements/KG1/switch', { enabled: true, reason: '本来就开着' })).toMatchObject({
      code: 'rulebook.already_switched',
    })
    expect(
      await ask('POST', '/requirements/KG1/switch', { enabled: false, from: '2026-07-01', reason: '口径有误' }),
    ).toMatchObject({ status: 200 })
    expect(await owedOf('KG1')).toBe(0)
    expect(
      await ask('POST', '/requirements/KG1/switch', { enabled: true, from: '2026-07-01', reason: '口径已改正' }),
    ).toMatchObject({ status: 200 })
    expect(await owedOf('KG1')).toBeGreaterThan(0)
    expect(await ask('POST', '/requirements/KG5/switch', { enabled: true, reason: '等不及了' })).toMatchObject({
      code: 'rulebook.already_switched',
    })
  })

  it('what is not proved is opened as a hint with the officer’s reason, and says so in its file', async () => {
    const text = tenSentences('TS')
    const unproved = text.replace(/(title: 书记家访[\s\S]*?confidence: )A/, '$1C')
    const { id } = await ask('POST', '/rulebooks/import', { text: unproved })
    await ask('POST', `/rulebooks/${id ?? ''}/publish`, { from: '2026-07-01' })
    const reason = '经工委研究，先作提示试行'
    expect(await ask('POST', '/requirements/TS4/switch', { enabled: true, reason })).toMatchObject({ status: 200 })
    const exported = await ask('GET', '/rulebooks/TS2026/export')
    expect(exported.text).toContain(`reason_on: ${reason}`)
    expect((await ask('POST', '/rulebooks/import', { text: exported.text })).status).toBe(201)
  })
})

describe('随软件更新的文件', () => {
  it('a newer shipped file arrives once as a draft to compare and changes no rule', async () => {
    const folder = await mkdtemp(`${tmpdir()}/biaoshuai-shipped-`)
    const text = await readFile('rulebooks/demo-city-tightening-2025.yaml', 'utf8')
    await writeFile(`${folder}/demo.yaml`, text.replace('没有召开的列入督办', '没有召开的列入督办并说明'))
    const rows = await versionsOf('ZB6')
    const compare = () => writeAsSystem(platform.database, (tx) => compareShipped(tx, { folder, at: platform.clock.now() }))
    expect(await compare()).toBe(1)
    expect(await compare()).toBe(0)
    await rm(folder, { recursive: true })
    const drafts = await ask('GET', '/rulebooks/drafts?state=open')
    const shown = z.object({ items: z.array(z.object({ id: z.string(), origin: z.string() })) }).parse(JSON.parse(drafts.text))
    const draft = shown.items.find(({ origin }) => origin === 'shipped')
    const compared = await ask('GET', `/rulebooks/${draft?.id ?? ''}/compare`)
    expect(compared.text).toContain('列入督办并说明')
    expect(await versionsOf('ZB6')).toEqual(rows)
  })
})

describe('以前载入的文件', () => {
  it('a document loaded before texts were kept gets its text back from its rows', async () => {
    const { items } = z
      .object({ items: z.array(z.object({ code: z.string() })) })
      .parse(JSON.parse((await ask('GET', '/rulebooks')).text))
    const shipped = ['SBS2020', 'ZB2018', 'SL2025', 'JG2019'].filter((code) => items.some((item) => item.code === code))
    for (const code of shipped) {
      const [document] = await rows<{ no: number }>('select no from rulebook.documents where code = $1', [code])
      const written = await writeAsSystem(platform.database, (tx) => editionBody(tx, document?.no ?? 0, 1))
      const found = await writeAsSystem(platform.database, (tx) => reconstructed(tx, document?.no ?? 0))
      if (!written) throw new Error(code)
      const lost = differences(plainBody(written), plainBody(found)).flatMap(({ section, fields, change }) =>
        change === 'changed' ? fields.map(({ field }) => field) : [`${section} ${change}`],
      )
      const known = ['article', 'confidence', 'usual_months', 'reason_on', 'note']
      expect(
        lost.filter((field) => !known.includes(field)),
        code,
      ).toEqual([])
    }
    expect(shipped.length).toBeGreaterThan(2)
  })
})

describe('台账', () => {
  it('each act on a rule is in the ledger', async () => {
    const { id } = await ask('POST', '/rulebooks/drafts', { code: 'TZ2027', title: '台账试拟的办法' })
    await ask('POST', `/rulebooks/drafts/${id ?? ''}/discard`, { version: 1, reason: '只为留下台账' })
    const found = await platform.owner.pool.query(
      `select distinct action from ledger.entries where outcome = 'done' and action like 'rulebook.rule.%' order by 1`,
    )
    expect((found.rows as { action: string }[]).map(({ action }) => action)).toEqual([
      'rulebook.rule.discard',
      'rulebook.rule.edit',
      'rulebook.rule.end',
      'rulebook.rule.import',
      'rulebook.rule.publish',
      'rulebook.rule.switch',
    ])
  })
})
