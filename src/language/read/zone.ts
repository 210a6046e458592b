import { replacing } from '../../yaml/fix.ts'
import type { Node } from '../../yaml/node.ts'
import type { Reporter } from '../../yaml/reporter.ts'
import { misspelt } from '../advice/suggest.ts'
import { readZone, type Zone } from '../clock.ts'
import { asWritten } from './shape.ts'

/** The zone that a text names; undefined if invalid (reported). */
export function readZoneName(node: Node, reporter: Reporter): Zone | undefined {
  const name = asWritten(node, 'a zone', reporter, byCity)
  if (name === undefined) return undefined
  // CST is Chicago to some and Shanghai to others, and the supported offset zones differ between machines.
  const zone = /^(?:UTC|[A-Za-z_]+\/[\w+/-]+)$/.test(name) ? readZone(name) : undefined
  if (zone !== undefined) return zone
  const meant = zoneMeant(name)
  const advice =
    meant === undefined ? byCity : { hint: `Did you mean "${meant}"? ${byCity}`, fixes: [replacing(node.span, meant)] }
  reporter.error('bad-zone', node.span, `There is no time zone "${name}"`, advice)
  return undefined
}

const byCity = 'Write continent and city, as in Asia/Shanghai, or UTC'

/** The zone for a city name, for a city without its own zone, or for a similar spelling. */
function zoneMeant(name: string): string | undefined {
  const city = name
    .slice(name.lastIndexOf('/') + 1)
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_')
  if (['beijing', 'peking', 'china', 'prc'].includes(city)) return 'Asia/Shanghai'
  if (['gmt', 'z', 'zulu'].includes(city)) return 'UTC'
  const known = [...Intl.supportedValuesOf('timeZone'), 'UTC']
  const byName = known.find(zone => zone.slice(zone.lastIndexOf('/') + 1).toLowerCase() === city)
  return byName ?? misspelt(name, known)
}
