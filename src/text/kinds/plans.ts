import { createRequire } from 'node:module'
import type * as Plans from 'libphonenumber-js/max'
import type examples from 'libphonenumber-js/mobile/examples'

/**
 * The numbering plans of all countries, loaded on first use: loading takes 30 ms, and few rules need them.
 *
 * Reading a rule that does loads them, so that no call has to wait.
 */
export function plans(): typeof Plans {
  loaded ??= require('libphonenumber-js/max') as typeof Plans
  return loaded
}

/** A mobile number of each country that is not in use. */
export function exampleNumbers(): typeof examples {
  return require('libphonenumber-js/mobile/examples') as typeof examples
}

/** Unlike `import()`, it is synchronous, as everything that reads texts is. */
const require = createRequire(import.meta.url)
let loaded: typeof Plans | undefined
