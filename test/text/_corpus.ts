import { readFileSync } from 'node:fs'

export type Spoof = { target: string; text: string; how: string }
export type Genuine = { script: string; text: string }
export type Half = 'tune' | 'judge'

export const spoofs: readonly Spoof[] = rows('spoofs').map(([target = '', text = '', how = '']) => ({
  target,
  text,
  how,
}))
export const stress: readonly Spoof[] = rows('stress').map(([target = '', text = '', how = '']) => ({
  target,
  text,
  how,
}))
export const genuine: readonly Genuine[] = rows('genuine').map(([script = '', text = '']) => ({ script, text }))

/** Everything that is impersonated in the corpus. */
export const targets: readonly string[] = [...new Set(spoofs.map(({ target }) => target))]

/** Which half of the corpus a text belongs to: the parity of its FNV-1a hash over UTF-8. */
export function half(text: string): Half {
  let hash = 0x811c9dc5
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193)
  return ((hash >>> 8) & 1) === 0 ? 'tune' : 'judge'
}

function rows(name: string): string[][] {
  const text = readFileSync(new URL(`./corpus/${name}.tsv`, import.meta.url), 'utf8')
  return text
    .trimEnd()
    .split('\n')
    .map(line => line.split('\t'))
}
