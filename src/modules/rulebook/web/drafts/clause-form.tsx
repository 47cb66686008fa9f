import { confidenceTitles, dimensionTitles } from '../../documents/rulebook-file.contract.ts'
import { optionsOf } from './choices.rules.ts'
import { PartField } from './part-field.tsx'

const dimensions = optionsOf(dimensionTitles)
const confidences = Object.entries(confidenceTitles).map(([value, title]) => ({
  value,
  label: value === 'conflict' ? title : `${value} ${title}`,
}))

/** One clause in our own words. */
export function ClauseForm() {
  return (
    <>
      <PartField path={['code']} help="写成 D1.2、ZB-11 这样；改了代号，引用它的要求一并改" />
      <PartField path={['title']} help="四十字以内的小标题" />
      <PartField path={['gist']} control="area" help="用自己的话说这一条要求什么，不照抄原文" />
      <PartField path={['dimension']} control="select" options={dimensions} />
      <PartField path={['article']} optional placeholder="第三条" />
      <PartField
        path={['confidence']}
        control="select"
        options={confidences}
        optional
        help="所据文字核实到什么程度；不填即见到条文原文和条号"
      />
      <PartField
        path={['uncounted']}
        control="area"
        optional
        help="这一条不宜计数的（如总则、原则性要求），写明缘由；写了就不算空缺"
      />
    </>
  )
}
