import type { ServedCounts } from '../../src/serve/counting.ts'

/** Of a service whose rules count nothing. */
export const uncounted: Pick<ServedCounts, 'status'> = {
  status: { keys: 0, bytes: 0, counters: [], savedAt: null, aloneSince: null },
}

/** Of a service without a record. */
export const unrecorded = { status: null }

/** Of a service without numbers. */
export const unmeasured = { text: async () => ({ contentType: 'text/plain', body: '' }) }
