import type { PauseRequestDeps } from '../../src/serve/pause-requests.ts'

/** Of a service in which nothing is paused. */
export const unpaused: PauseRequestDeps = {
  pauses: { all: [], pause: async () => ({}), resume: async () => ({}) },
  rules: { current: null },
  now: Date.now,
}
