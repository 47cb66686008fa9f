import { oldWorkSheet } from '../imports/old-work.contract.ts'
import { ImportSheet } from './import-sheet.tsx'

/** 补录旧工作纪实. */
export function ImportWorkPage() {
  return (
    <ImportSheet
      sheet={oldWorkSheet}
      crumbs={[{ label: '工作纪实', to: '/work-records' }]}
      hint="一行一条，标签从模板的下拉里选；参加人员写姓名，都参加的写“全体”。"
    />
  )
}
