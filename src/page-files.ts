import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The files of the page that a build has, or those that a run from sources makes. */
export function pageFiles(): (name: string) => Promise<Uint8Array | undefined> {
  return extname(import.meta.url) === '.ts' ? filesFromSources() : filesOfBuild()
}

function filesOfBuild(): (name: string) => Promise<Uint8Array | undefined> {
  const known = new Map<string, Promise<Uint8Array>>()
  return async name => {
    if (!names.has(name)) return undefined
    const found = known.get(name) ?? readFile(new URL(`./page/${name}`, import.meta.url))
    known.set(name, found)
    return found
  }
}

/** Each script makes the files anew, so that whoever works on the page sees what they wrote by loading it again. */
function filesFromSources(): (name: string) => Promise<Uint8Array | undefined> {
  let made: Promise<ReadonlyMap<string, Uint8Array>> | undefined
  return async name => {
    if (name === script || made === undefined) made = bundlePage()
    return (await made).get(name)
  }
}

const script = 'page.js'
const names: ReadonlySet<string> = new Set([script, 'page.css'])

/** Bundles the page from `src/page`, into files of a folder if one is named. Needs esbuild, which only a build has. */
export async function bundlePage(outdir?: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const { build } = await import('esbuild')
  const { outputFiles } = await build({
    entryPoints: { page: fileURLToPath(new URL('./page/main.tsx', import.meta.url)) },
    outdir: outdir ?? 'page',
    write: outdir !== undefined,
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    logLevel: 'warning',
    legalComments: 'none',
  })
  return new Map((outputFiles ?? []).map(({ path, contents }) => [path.replace(/^.*[\\/]/, ''), contents]))
}
