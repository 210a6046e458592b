import { type Advice, replacing, write } from '../../yaml/fix.ts'
import type { Node, ScalarNode } from '../../yaml/node.ts'
import type { Reporter } from '../../yaml/reporter.ts'
import { durationMeant } from '../advice/meant-duration.ts'
import { durationText, longestMs, readDurationText, shortestMs, units } from '../duration.ts'
import { describeNode, headOf } from './shape.ts'

/** A length of time such as `10 seconds`, in ms; undefined if invalid (reported). */
export function readDuration(
  { key, value: node }: { key: string; value: Node },
  reporter: Reporter,
): number | undefined {
  if (node.kind === 'broken') return undefined
  if (node.kind !== 'scalar' || node.value === null) {
    const message = `"${key}" must be a length of time, got ${describeNode(node)}`
    reporter.error('wrong-shape', headOf(node), message, howTo)
    return undefined
  }
  const text = typeof node.value === 'string' ? node.value : node.raw
  const read = readDurationText(text)
  if (read !== undefined && read >= shortestMs && read <= longestMs) return read
  refuse(text, read, node, reporter)
  return undefined
}

const howTo = 'Write a length of time, as in 10 seconds, 1 minute, 2 hours or 30 days'

function refuse(text: string, read: number | undefined, node: ScalarNode, reporter: Reporter): void {
  const { span } = node
  const meant = read ?? durationMeant(text)
  if (meant !== undefined && (meant < shortestMs || meant > longestMs)) {
    const [end, ms] = meant < shortestMs ? (['shortest', shortestMs] as const) : (['longest', longestMs] as const)
    const message = `"${text}" is too ${meant < shortestMs ? 'short' : 'long'}: the ${end} time is ${durationText(ms)}`
    reporter.error('bad-span', span, message, write(span, durationText(ms)))
    return
  }
  if (/^\d+$/.test(text.trim())) {
    reporter.error(
      'bad-span',
      span,
      `${text} has no unit: it could be seconds, minutes or hours`,
      withUnits(text, node),
    )
    return
  }
  const advice = meant === undefined ? howTo : write(span, durationText(meant))
  reporter.error('bad-span', span, `"${text}" is not a length of time`, advice)
}

/** A number in each of the units that are left open. */
function withUnits(text: string, { span }: ScalarNode): Advice {
  const lengths = (['second', 'minute', 'hour', 'day'] as const)
    .map(unit => Number(text) * units[unit])
    .filter(ms => ms >= shortestMs && ms <= longestMs)
    .slice(0, 3)
    .map(durationText)
  if (lengths.length === 0) return { hint: howTo }
  const [last, ...others] = [...lengths].reverse()
  const choices = others.length === 0 ? last : `${others.reverse().join(', ')} or ${last}`
  return { hint: `Write ${choices}`, fixes: lengths.map(each => replacing(span, each)) }
}
