import { execFileSync } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import test from 'ava'
import { laterCommits } from '../../src/state/later-commits.ts'
import { stateFolder } from '../record/_state.ts'

const at = (minute: number) => Date.parse('2026-01-01T00:00:00Z') + minute * 60_000

/** A repository with a commit of the file at each of these times, in a folder of its own. */
async function repository(root: string, commits: readonly [minute: number, content: string][], format = 'sha1') {
  const rules = join(root, 'rules')
  await mkdir(rules)
  const git = (...args: string[]) => {
    const who = [
      '-c',
      'user.name=Ann',
      '-c',
      'user.email=a@b',
      '-c',
      'commit.gpgsign=false',
      '-c',
      'core.autocrlf=false',
    ]
    return execFileSync('git', ['-C', root, ...who, ...args], { encoding: 'utf8', env: { ...process.env, ...date } })
  }
  let date = {}
  git('init', '-q', `--object-format=${format}`)
  for (const [minute, content] of commits) {
    date = { GIT_COMMITTER_DATE: new Date(at(minute)).toISOString() }
    await writeFile(join(rules, 'a.yaml'), content)
    await writeFile(join(rules, 'NOTES'), String(minute))
    git('add', '.')
    git('commit', '-qm', `At ${minute}`)
  }
  return rules
}

const uncommitted = (minute: number, content: string) => ({
  at: at(minute),
  files: async () => [{ file: 'a.yaml', content: Buffer.from(content) }],
})

for (const format of ['sha1', 'sha256']) {
  test(`the first commit since with exactly these files is named (${format})`, async t => {
    const commits: [number, string][] = [
      [0, 'one\n'],
      [10, 'two\n'],
      [20, 'one\n'],
      [30, 'two\n'],
    ]
    const rules = await repository(await stateFolder(t), commits, format)
    const all = [
      uncommitted(5, 'one\n'),
      uncommitted(5, 'two\n'),
      uncommitted(15, 'two\n'),
      // Checked out as on Windows.
      uncommitted(15, 'one\r\n'),
      uncommitted(25, 'one\n'),
      uncommitted(5, 'three\n'),
      { at: at(5), files: async () => undefined },
    ]
    const found = await laterCommits(rules, all)
    t.deepEqual(
      found.map(commit => commit?.subject),
      ['At 20', 'At 10', 'At 30', 'At 20', undefined, undefined, undefined],
    )
    t.is(found[0]?.author, 'Ann')
  })
}

test('without a repository there is no commit', async t => {
  t.deepEqual(await laterCommits(await stateFolder(t), [uncommitted(0, 'one\n')]), [undefined])
})
