/** Kinds of job by which snapshots come into being and are proved. */
export const freezeJob = 'rulebook.freeze'
export const replayJob = 'rulebook.replay'
