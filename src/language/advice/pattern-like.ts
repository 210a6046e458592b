/** Whether a text looks like a regular expression: `^admin`, `.*bot`, `[a-z]+`, `\d{6}`. A face such as `^_^` does not. */
export function isLikePattern(text: string): boolean {
  return likePattern.test(text)
}

/** In the middle of an id, `.*` may be a dot and a star. */
const likePattern = /^\^[\p{L}\p{N}[(\\]|^\.[*+](?!\.)|(?<!\.)\.[*+]\$?$|\\[dwsb](?![a-z])|\[(?:a-z|A-Z|0-9)|\(\?[:i]/u
