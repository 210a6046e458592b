import type { Logger } from 'pino'
import type { DecisionRecord, Match } from '../decide/decision.ts'
import { cleanUntrusted } from '../protocol/untrusted-text.ts'
import { rounded } from './failure-log.ts'
import type { Observer } from './observer.ts'

/**
 * Writes a line for each decided call.
 *
 * No value of the payload is ever in one; the operation's id is a header's. What is the same for all calls of a
 * callback by the same rules is written out once, in a logger of its own.
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
    // Let pass unread: the catalogue lacks it, and its answer is thrown away.
    unknown: ({ requestId, operationId, command, isAllowed, tookMs }) => {
      if (!isAllowed) return
      const unknownCallback = cleanUntrusted(command)
      const operationID = shownId(operationId)
      log.info({ requestId, operationID, unknownCallback, decision: 'allow', tookMs: rounded(tookMs) }, 'decision')
    },
  }
}

/** One flat literal, and no list where nothing matched: this runs for every call. */
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
