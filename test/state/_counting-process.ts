import { Cluster, Redis } from 'ioredis'
import { readCountsUrl } from '../../src/state/counts-url.ts'
import { RedisLink } from '../../src/state/redis-link.ts'
import { SharedCounts } from '../../src/state/shared-counts.ts'
import { PlainCounts } from './_plain-counts.ts'
import { counterOf, judge, questionOf } from './_stores.ts'
import { until } from './_until.ts'

// A process that judges as many overlapping calls as it is told, and says how many it let through.
const read = readCountsUrl(process.argv[2] ?? '')
if (read === undefined) throw new Error('no address')
const link = new RedisLink({ Redis, Cluster }, { ...read, waitMs: 5000 })
const store = new SharedCounts({ link, local: new PlainCounts(), voice: { alone() {}, together() {} } })
const counter = counterOf('c')
store.use([counter], Date.now())
await until(() => store.aloneSince === null)
process.send?.('ready')
process.on('message', async (calls: number) => {
  const answers = await Promise.all(Array.from({ length: calls }, () => judge(store, questionOf(counter))))
  process.send?.(answers.filter(({ passes }) => passes).length)
  await store.close()
  process.disconnect?.()
})
