// The thread's script as it stands in src: a thread of its own does not know how to read TypeScript.
import { register } from 'tsx/esm/api'

register()
await import('../../src/store/parse-worker.ts')
