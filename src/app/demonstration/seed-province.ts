import { sql } from 'kysely'
import { reading, type Tx } from '../../kernel/database/handles.ts'
import { addMonths, type CivilDate } from '../../kernel/time/civil-date.ts'
import { writeShownAccounts } from './accounts.ts'
import { monthStart } from './draw.ts'
import { keepFiguresFrom } from './figures-from.ts'
import { type ProvinceNumbers, type ProvinceShape, writeProvince } from './province-directory.ts'
import { writeProvinceMeetings } from './province-meetings.ts'

/** First day of the one year for which a province has meetings. */
function provinceSince(today: CivilDate): CivilDate {
  return addMonths(monthStart(today), -11)
}

/** Fills the database with a province: directory, accounts, one year of meetings. */
export async function fillProvince(
  tx: Tx,
  shape: ProvinceShape,
  is: { today: CivilDate; passwordHash: string; tell: (text: string, done: number, total: number) => void },
): Promise<void> {
  const since = provinceSince(is.today)
  is.tell('组织和人员', 0, 1)
  await keepFiguresFrom(tx, since)
  const numbers = await writeProvince(tx, shape, is.today)
  await writeShown(tx, numbers, { passwordHash: is.passwordHash, since, seed: 'biaoshuai-demonstration-province' })
  for (let unit = 0; unit < numbers.unitCount; unit += shape.unitsPerCity) {
    is.tell('会议记录', unit, numbers.unitCount)
    await writeProvinceMeetings(tx, numbers, { firstUnit: unit, units: shape.unitsPerCity, since, today: is.today })
  }
}

async function writeShown(
  tx: Tx,
  is: ProvinceNumbers,
  entered: { passwordHash: string; since: CivilDate; seed: string },
): Promise<void> {
  const { rows } = await sql<{
    no: number
    name: string
  }>`select no, name from directory.persons where no < ${is.persons + 60}::bigint order by no`.execute(reading<'directory'>(tx))
  const one = (index: number) => {
    const found = rows[index]
    if (!found) throw new RangeError('a province has more people')
    return found
  }
  const people = {
    gongwei: one(25),
    lingdao: one(5),
    danwei: one(6),
    jiwei: one(7),
    zhibu: one(0),
    dangyuan: one(12),
    jiancha: one(26),
  }
  await writeShownAccounts(tx, { people, committee: is.root, unit: is.units, branch: is.branches }, entered)
}
