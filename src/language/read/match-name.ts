/** The number of the group that a name in braces means, as in `match.1`; 0 is all that matched. Pure. */
export function groupNamed(name: string): number | undefined {
  if (name === 'match') return 0
  const [, group] = /^match\.([1-9][0-9]?)$/.exec(name) ?? []
  return group === undefined ? undefined : Number(group)
}

/** The name in braces for how long to wait until the rule would not hold any more. */
export const waitName = 'wait'

/** How many groups a pattern has, in words. Pure. */
export function groupsText(count: number): string {
  return count === 0 ? 'no groups' : count === 1 ? 'one group' : `${count} groups`
}
