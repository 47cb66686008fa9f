import { Suspense } from 'react'
import { Loading } from '../../../ui/states.tsx'
import { ImportSheet } from '../../orglife/web/index.ts'
import { oldClassesSheet } from '../old-classes/old-classes.contract.ts'

/** 补录旧培训班. */
export function ImportClassesPage() {
  return (
    <Suspense fallback={<Loading />}>
      <ImportSheet
        sheet={oldClassesSheet}
        crumbs={[{ label: '学习培训', to: '/training-classes' }]}
        hint="一行一课，同一个班写同一个名称；参训人员写在第一课那一行，缺了哪一课写在那一课的“缺课”，其余都算到课。"
      />
    </Suspense>
  )
}
