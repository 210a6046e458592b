import { extname } from 'node:path'

/**
 * The script of a thread, by its path in this folder without the extension, which is that of this file.
 *
 * When the command runs from its sources, under tsx, the script is TypeScript. A thread does not inherit tsx's loader
 * (on Node 20), so it registers the loader first.
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
