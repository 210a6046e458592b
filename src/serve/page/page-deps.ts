import type { IncomingMessage } from 'node:http'
import type { RuleSet } from '../../compile/ruleset.ts'
import type { RuleStore } from '../../store/store.ts'
import type { Config } from '../config.ts'
import type { Failure } from '../exchange.ts'
import type { KeptState } from '../kept-state.ts'
import type { PauseRequestDeps } from '../pause-requests.ts'
import type { Visitor } from './answers.ts'
import type { PageRules } from './page-rules.ts'

/** Says who sent a request, or why nobody may. */
export type Access = (request: IncomingMessage) => Visitor | Failure

/** What the page's API needs from the rest of the service. `now` is in ms since 1970. */
export type PageDeps = {
  app: string
  config: Pick<Config, 'rules' | 'record'>
  rules: Pick<RuleStore<RuleSet>, 'current' | 'files' | 'since' | 'lastReload' | 'reload'>
  state: Pick<KeptState, 'open'>
  pauses: PauseRequestDeps
  pageRules: PageRules
  access: Access
  now(): number
}

/** On loopback nobody is asked: whoever can connect may do everything. */
export const localAccess: Access = () => ({ name: 'local', may: ['look', 'content', 'write', 'publish', 'act'] })
