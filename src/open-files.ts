/**
 * How many file descriptors of any kind this process may have open; null if no limit is known.
 *
 * This is the soft limit, which Node raises to the hard limit at startup. Windows has none. Takes about 4 ms, and
 * longer once there are connections: the report that it is read from resolves the names of their peers.
 */
export function openFileLimit(): number | null {
  const report = process.report.getReport() as { userLimits?: { open_files?: { soft: number | 'unlimited' } } }
  const soft = report.userLimits?.open_files?.soft
  return typeof soft === 'number' ? soft : null
}

/**
 * The error message for a limit of open files that is too low; undefined if it is high enough.
 *
 * Below the minimum, Node cannot even load the program: it opens about 80 files at once.
 */
export function tooFewOpenFiles(limit: number | null): string | undefined {
  if (limit === null || limit >= leastOpenFiles) return undefined
  return (
    `hookwarden needs at least ${leastOpenFiles} open files, but this process is limited to ${limit}. Raise the hard limit, ` +
    'for example with "ulimit -Hn 1024", LimitNOFILE=1024 in systemd, or --ulimit nofile=1024 in Docker'
  )
}

const leastOpenFiles = 128
