import { sql } from 'kysely'
import { reading } from '../../../kernel/database/handles.ts'
import { declareSection } from '../../../kernel/papers/collections.ts'
import { tabled } from '../../../kernel/papers/paper-blocks.ts'

interface Taken {
  readonly name: string
  readonly classes: string
}

declareSection({
  in: ['workbook'],
  order: 50,
  title: '学习培训',
  blocks: async (read, { organization, year }) => {
    const { rows } =
      await sql<Taken>`select p.name, string_agg(c.title || '（' || c.starts_on || '，' || c.hours || ' 学时）', '；' order by c.starts_on) as classes
      from learning.participants t join learning.classes c on c.no = t.class_no and c.state = 'held' join directory.persons p on p.no = t.person_no
      join directory.memberships m on m.person_no = p.no and m.organization_no = ${organization.no} and m.valid @> c.ends_on
      where c.ends_on between ${`${year}-01-01`}::date and ${`${year}-12-31`}::date group by p.no, p.name, p.pinyin order by p.pinyin, p.no`.execute(
        reading<'learning' | 'directory'>(read),
      )
    return tabled(
      [
        ['姓名', 24],
        ['参加的培训班', 76],
      ],
      rows.map(({ name, classes }) => [name, classes]),
    )
  },
})
