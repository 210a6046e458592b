import { readFile } from 'node:fs/promises'
import type { CountStore } from '../count/count-store.ts'
import { readCountsUrl } from './counts-url.ts'
import type { CountsVoice } from './reach.ts'
import { type Ioredis, RedisLink, reasonOf } from './redis-link.ts'
import { SharedCounts } from './shared-counts.ts'

/** A setting of the shared store that cannot be used; the message names it, and never has a password. */
export class CountsUnusable extends Error {
  override name = 'CountsUnusable'
}

export type CountsSettings = {
  counts: string
  countsMs: number
  countsPasswordFile: string
  countsCaFile: string
}

type OpenDeps = {
  local: CountStore
  voice: CountsVoice
  /** For tests: where the client comes from. */
  load?: () => Promise<Ioredis>
}

/**
 * The store that `--counts` names. It need not answer yet.
 *
 * Throws CountsUnusable if a file cannot be read or the package `ioredis` is missing.
 */
export async function openSharedCounts(settings: CountsSettings, deps: OpenDeps): Promise<SharedCounts> {
  const { counts, countsMs, countsPasswordFile, countsCaFile } = settings
  const url = readCountsUrl(counts)
  if (url === undefined) throw new CountsUnusable('--counts is no URL of a store')
  const { load = loadIoredis, local, voice } = deps
  const [ioredis, password, ca] = await Promise.all([
    load().catch(missing),
    textOf('--counts-password-file', countsPasswordFile),
    textOf('--counts-ca-file', countsCaFile),
  ])
  const options = { ...url, waitMs: countsMs, ...(ca !== undefined && { ca }) }
  // A file mostly ends with a line break that is not part of the password.
  const login = password === undefined ? {} : { password: password.replace(/\r?\n$/, '') }
  return new SharedCounts({ link: new RedisLink(ioredis, { ...options, ...login }), local, voice })
}

/** Loaded only with `--counts`: whoever counts in one process does not need it. */
function loadIoredis(): Promise<Ioredis> {
  return import('ioredis')
}

function missing(error: unknown): never {
  const { code } = error as { code?: unknown }
  if (code !== 'ERR_MODULE_NOT_FOUND') throw error
  throw new CountsUnusable('--counts needs the package ioredis. Install it beside hookwarden: npm install ioredis@6')
}

async function textOf(flag: string, path: string): Promise<string | undefined> {
  if (path === '') return undefined
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    throw new CountsUnusable(`Cannot read the file of ${flag}: ${reasonOf(error)}`)
  }
}
