/** A value for people: a number with a name is shown by its name. */
export function valuePhrase(value: unknown, names: ReadonlyMap<string, number> | undefined): string {
  const name = [...(names ?? [])].find(([, number]) => number === value)?.[0]
  return name ?? (typeof value === 'string' ? `“${value}”` : String(value))
}

/** Comma-separated values. Only the start of a long list is shown. */
export function enumerated(values: readonly string[]): string {
  const shown = values.slice(0, 8)
  return `${shown.join(', ')}${values.length > shown.length ? ` … (${values.length})` : ''}`
}
