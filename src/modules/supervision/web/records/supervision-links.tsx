import { GoButton } from '../../../../ui/go.tsx'
import { useAbility } from '../../../../ui/session.tsx'

/** From the cases to what is followed up beside them. */
export function SupervisionLinks() {
  const letters = useAbility('supervision.letter.sift')
  const clues = useAbility('supervision.clue.read')
  const rules = useAbility('supervision.local_rule.read')
  return (
    <>
      <GoButton to="/inspections">检查</GoButton>
      <GoButton to="/key-projects">重点项目</GoButton>
      {clues && <GoButton to="/clues">线索</GoButton>}
      <GoButton to="/problems">问题清单</GoButton>
      <GoButton to="/yellow-cards">黄牌</GoButton>
      <GoButton to="/appeals">申诉</GoButton>
      <GoButton to="/examples">好做法</GoButton>
      {rules && <GoButton to="/local-rules">制度</GoButton>}
      <GoButton to="/cases/rules">规则</GoButton>
      {letters && <GoButton to="/problem-letters">匿名来信</GoButton>}
    </>
  )
}
