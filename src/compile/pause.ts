/**
 * Asked between pieces of work that may be long. A promise is waited for, so that others can run meanwhile; one that
 * is rejected ends the work with its reason.
 */
export type Pause = () => Promise<void> | undefined

/** So many rules are judged without a pause, however long the texts are that they look at. */
export const judgedAtOnce = 16

/** For work that nobody else waits behind. */
export const noPause: Pause = () => undefined
