import test from 'ava'
import { heapLimit } from '../../src/serve/heap-limit.ts'

test('work that uses too much memory fails, and other work does not', t => {
  t.notThrows(heapLimit(100_000))
  t.throws(heapLimit(1), { name: 'HeapLimitExceeded', message: 'More than 1 MB are in use' })
})
