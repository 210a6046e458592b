import { readFile } from 'node:fs/promises'
import { isPartResult, joinedData, type PartResult, partsMisfit } from '../impact/part-result.ts'
import type { Covered } from '../state/covered.ts'
import { reasonIn } from '../state/state-errors.ts'
import { UsageError } from './io.ts'

/** What the parts of a run found together, from their files. Throws UsageError. */
export async function readParts(files: readonly string[]): Promise<PartResult<Covered>> {
  const parts: PartResult<Covered>[] = []
  for (const file of files) parts.push(await readPartFile(file))
  const problem = partsMisfit(parts)
  if (problem !== undefined) throw new UsageError(`${problem}. Run the parts again: --part 1/N to --part N/N`)
  const [first] = parts as [PartResult<Covered>]
  return { ...first, data: joinedData(parts), covered: joinedCoverage(parts.map(({ covered }) => covered)) }
}

async function readPartFile(file: string): Promise<PartResult<Covered>> {
  let read: unknown
  try {
    read = JSON.parse(await readFile(file, 'utf8'))
  } catch (cause) {
    throw new UsageError(`Cannot read ${file}: ${reasonIn(cause)}`, { cause })
  }
  if (isPartResult<Covered>(read)) return read
  throw new UsageError(`${file} is not the result of hookwarden impact --part, or of another version`)
}

/** All hours of all parts. What could not be read is the same for parts that read the same files. */
function joinedCoverage(all: readonly Covered[]): Covered {
  const instances = new Map<string, { dir: string; instance: string; hours: Set<number> }>()
  const unreadable = new Map<string, string>()
  for (const covered of all) {
    for (const { dir, instance, hours } of covered.instances) {
      const known = instances.get(`${dir}\n${instance}`) ?? { dir, instance, hours: new Set() }
      instances.set(`${dir}\n${instance}`, known)
      for (const hour of hours) known.hours.add(hour)
    }
    for (const { path, reason } of covered.unreadable) unreadable.set(path, reason)
  }
  const most = (key: 'foreign' | 'newer' | 'cut') => Math.max(...all.map(each => each[key]))
  return {
    since: Math.min(...all.map(({ since }) => since)),
    until: Math.max(...all.map(({ until }) => until)),
    instances: [...instances.values()].map(each => ({ ...each, hours: [...each.hours].sort((a, b) => a - b) })),
    ...{ foreign: most('foreign'), newer: most('newer'), cut: most('cut') },
    missing: [],
    unreadable: [...unreadable].map(([path, reason]) => ({ path, reason })),
  }
}
