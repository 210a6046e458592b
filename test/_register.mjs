import fc from 'fast-check'
// ava runs TypeScript as it stands: --import in nodeArguments fails on Node 20, registering here does not.
import { register } from 'tsx/esm/api'

register()

// Properties try the same cases in every run, so that none fails by chance; FC_SEED=… tries others.
fc.configureGlobal({ seed: Number(process.env.FC_SEED ?? 20) })
