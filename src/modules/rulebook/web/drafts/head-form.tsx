import { documentKindTitles } from '../../documents/rulebook-file.contract.ts'
import { optionsOf } from './choices.rules.ts'
import { PartField } from './part-field.tsx'

const kinds = optionsOf(documentKindTitles)

/** The head: which document the clauses come from. */
export function HeadForm() {
  return (
    <>
      <PartField path={['title']} />
      <PartField path={['code']} help="大写字母开头，如 GW2027；条款和要求都以它称呼这份文件" />
      <PartField path={['issuer']} />
      <PartField path={['kind']} control="select" options={kinds} />
      <PartField path={['issued_on']} control="date" />
      <PartField path={['in_force_from']} control="date" help="这一天起适用；发布时还可以另定要求的起用日期" />
      <PartField path={['in_force_to']} control="date" optional help="长期有效的不填" />
      <PartField path={['note']} control="area" optional />
    </>
  )
}
