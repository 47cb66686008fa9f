import { Problem } from '../../../kernel/errors/problem.ts'
import { type OutSheet, writeWorkbook } from '../../../kernel/files/workbook-writer.ts'
import { downloadRoute, type Route } from '../../../kernel/http/route.ts'
import { wordFile } from '../../../kernel/papers/paper-file.ts'
import { certificates, graduates } from './certificates.papers.ts'
import { classCertificates, exportClasses, type ClassLine, targetGroups } from './classes.contract.ts'
import { classStates } from './classes.lifecycle.ts'
import './classes.policy.ts'
import { classesAsked, classPageOf } from './classes.queries.ts'
import { inPercent } from './theory-share.rules.ts'

const mostRows = 20_000

/** The list as a sheet; what did not fit is said on a line of its own. */
export function classSheet(classes: readonly ClassLine[], total: number): OutSheet {
  const rows = classes.map((each) => [
    each.title,
    each.organization.name,
    targetGroups[each.targetGroup],
    each.startsOn,
    each.endsOn,
    each.recordedOn,
    each.late ? '补记' : '',
    each.hours,
    each.theoryHours,
    `${inPercent(each.hours === 0 ? 0 : each.theoryHours / each.hours)}${each.theoryMet ? '' : '（未达到）'}`,
    each.participants,
    classStates[each.state],
  ])
  const rest = `共 ${total} 条，只导出前 ${classes.length} 条，请缩小筛选范围后再导出其余的。`
  return {
    name: '培训班',
    columns: [
      { title: '班次', width: 36 },
      { title: '办班组织', width: 28 },
      { title: '培训对象', width: 14 },
      { title: '开始日期', width: 12 },
      { title: '结束日期', width: 12 },
      { title: '记录日期', width: 12 },
      { title: '补记', width: 8 },
      { title: '学时', width: 8 },
      { title: '政治理论学时', width: 12 },
      { title: '政治理论比重', width: 16 },
      { title: '名单人数', width: 10, format: 'integer' },
      { title: '状态', width: 10 },
    ],
    rows: total > classes.length ? [...rows, [rest]] : rows,
  }
}

export const classExportRoutes: readonly Route[] = [
  downloadRoute(exportClasses, {
    permission: 'learning.class.read',
    handle: async ({ query, read, platform }) => {
      const { items, total } = await read((db) => classesAsked(db, { ...query, limit: mostRows }))
      return {
        name: `培训班-${platform.clock.today()}.xlsx`,
        mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        stream: writeWorkbook({ sheets: [classSheet(items, total)] }),
      }
    },
  }),
  downloadRoute(classCertificates, {
    permission: 'learning.class.read',
    handle: async ({ params, read, actor, platform }) => {
      const page = await read((db) => classPageOf(db, { actor, today: platform.clock.today() }, params.id))
      if (page.state !== 'held' || graduates(page).length === 0)
        throw new Problem('kernel.not_allowed_now', { detail: '登记出勤之后，全部课程都到的同志才有结业证明。' })
      return wordFile(`结业证明-${page.title}`, await certificates(page))
    },
  }),
]
