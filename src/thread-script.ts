import { extname } from 'node:path'

/**
 * The script that a thread runs, by its path in this folder without an ending: it is built like this file.
 *
 * Run from its sources, by tsx, it is TypeScript, which a thread of its own cannot read before it is told how.
 */
export function threadScript(path: string): URL {
  const ending = extname(import.meta.url)
  const script = new URL(`${path}${ending}`, import.meta.url)
  return ending === '.ts' ? readByTsx(script) : script
}

function readByTsx({ href }: URL): URL {
  const [tsx, script] = [import.meta.resolve('tsx/esm/api'), href].map(url => JSON.stringify(url))
  const code = `import { register } from ${tsx}; register(); await import(${script})`
  return new URL(`data:text/javascript,${encodeURIComponent(code)}`)
}
