/**
 * How many files this process may have open at a time, descriptors of any kind; null when no limit is known.
 *
 * The soft limit, which Node raises to the hard one when it starts. Windows has none. Takes some 4 ms, and longer
 * once there are connections: the report that it is read from has the names of their peers looked up.
 */
export function openFileLimit(): number | null {
  const report = process.report.getReport() as { userLimits?: { open_files?: { soft: number | 'unlimited' } } }
  const soft = report.userLimits?.open_files?.soft
  return typeof soft === 'number' ? soft : null
}

/**
 * What is wrong with a limit of open files that is too low, and how to raise it; undefined when it is not.
 *
 * Below it Node cannot even load what there is to run: it opens some 80 files at once.
 */
export function tooFewOpenFiles(limit: number | null): string | undefined {
  if (limit === null || limit >= leastOpenFiles) return undefined
  return (
    `hookwarden needs ${leastOpenFiles} open files or more, and this process may have ${limit}: raise the hard limit, ` +
    'as with "ulimit -Hn 1024", LimitNOFILE=1024 in systemd, or --ulimit nofile=1024 in Docker'
  )
}

const leastOpenFiles = 128
