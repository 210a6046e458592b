import type { FuseStatus } from '../../src/serve/fuse-status.ts'
import type { PauseRequestDeps } from '../../src/serve/pause-requests.ts'

/** Of a service in which nothing is paused. */
export const unpaused: PauseRequestDeps = {
  pauses: { all: [], pause: async () => ({}), resume: async () => ({}) },
  rules: { current: null },
  now: Date.now,
}

const status: FuseStatus = { isArmed: false, why: null, trials: [], blown: [] }

/** Of one in which no rule is watched. */
export const unfused = { status }
