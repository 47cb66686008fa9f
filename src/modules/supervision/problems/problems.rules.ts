/** Working days that whoever raised a problem has to say whether it is solved. */
export const daysForRaiser = 10

/** True for the owner and for whoever reported: who put it right does not certify it. */
export function isHand(
  stored: { ownerNo: number | null; rectifiedBy: number | null },
  reader: { accountNo: number; personNo: number | null },
): boolean {
  return (stored.ownerNo !== null && stored.ownerNo === reader.personNo) || stored.rectifiedBy === reader.accountNo
}
