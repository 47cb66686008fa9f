import { GoButton } from '../../../../ui/go.tsx'
import { useAbility } from '../../../../ui/session.tsx'

/** From the cases to what is followed up beside them. */
export function SupervisionLinks() {
  const letters = useAbility('supervision.letter.sift')
  return (
    <>
      <GoButton to="/inspections">检查</GoButton>
      <GoButton to="/problems">问题清单</GoButton>
      <GoButton to="/yellow-cards">黄牌</GoButton>
      <GoButton to="/appeals">申诉</GoButton>
      {letters && <GoButton to="/problem-letters">匿名来信</GoButton>}
    </>
  )
}
