import type { Logger } from 'pino'
import type { DecisionRecord, Match } from '../decide/decision.ts'
import { cleanUntrusted } from '../protocol/untrusted-text.ts'
import { rounded } from './failure-log.ts'
import type { Observer } from './observer.ts'

/**
 * Logs a line for each decided call.
 *
 * A line never contains a value of the payload; the operation id comes from a header. Each callback has a child logger
 * with what is the same for all of its calls under the same rules.
 */
export function decisionLog(log: Logger): Pick<Observer, 'decided' | 'unknown'> {
  let loggers = new Map<string, Logger>()
  let madeFor = ''
  return {
    decided: record => {
      const { version, call } = record
      if (version !== madeFor) [loggers, madeFor] = [new Map(), version]
      const { name } = call.callback
      const own = loggers.get(name) ?? log.child({ callback: name, version })
      loggers.set(name, own)
      own.info(lineOf(record), 'decision')
    },
    // Allowed unread: the catalogue lacks it, and the IM server ignores the reply.
    unknown: ({ requestId, operationId, command, isAllowed, tookMs }) => {
      if (!isAllowed) return
      const unknownCallback = cleanUntrusted(command)
      const operationID = shownId(operationId)
      log.info({ requestId, operationID, unknownCallback, decision: 'allow', tookMs: rounded(tookMs) }, 'decision')
    },
  }
}

/** One flat literal, and no lists if nothing matched: this runs for every call. */
function lineOf({ requestId, operationId, decision, tookMs }: DecisionRecord): object {
  const { matches } = decision
  const isReject = decision.kind === 'reject'
  return {
    requestId,
    operationID: shownId(operationId),
    decision: decision.kind,
    code: isReject ? decision.code : undefined,
    rule: isReject ? decision.rule : undefined,
    entry: isReject ? decision.entry : undefined,
    rewritten: isReject || decision.rewrites.size === 0 ? undefined : [...decision.rewrites.keys()],
    shadow: matches.length === 0 ? undefined : rulesOf(matches, ({ mode }) => mode === 'shadow'),
    exempted: matches.length === 0 ? undefined : rulesOf(matches, ({ exempted }) => exempted),
    tookMs: rounded(tookMs),
  }
}

function shownId(operationId: string): string | undefined {
  return operationId === '' ? undefined : cleanUntrusted(operationId)
}

function rulesOf(matches: readonly Match[], which: (match: Match) => boolean): string[] | undefined {
  const rules = matches.filter(which).map(({ rule }) => rule)
  return rules.length === 0 ? undefined : rules
}
