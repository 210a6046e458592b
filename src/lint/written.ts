/** A text as it can be typed inside braces or brackets: in quotes where YAML needs them. Pure. */
export function written(text: string): string {
  const isPlain = /^[\p{L}.][\p{L}\p{N} _.*+$%@/-]*$/u.test(text) && !/^(?:true|false|null)$| $/i.test(text)
  return isPlain ? text : JSON.stringify(text)
}

/** A text short enough for a message, on one line. Pure. */
export function brief(text: string): string {
  const line = text.replace(/[\t\r\n]+/g, ' ')
  return line.length > 60 ? `${line.slice(0, 59)}…` : line
}
