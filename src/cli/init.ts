import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { newestLanguage } from '../language/language-number.ts'
import { type ExitCode, type Io, print, UsageError } from './io.ts'
import { schemaFile, schemaLine, schemaText } from './schema.ts'

/** Create a small rules folder to start from. Throws UsageError if the folder already has files. */
export async function init(dir: string, io: Io): Promise<ExitCode> {
  if ((await entriesOf(dir)).length > 0) throw new UsageError(`${dir} is not empty: choose a new folder`)
  const all = [...files, { file: schemaFile, content: schemaText(files) }]
  for (const { file, content } of all) {
    const path = join(dir, file)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, content)
  }
  const names = all.map(({ file }) => `  ${join(dir, file)}\n`).join('')
  print(
    `Created\n${names}
Edit ${join(dir, 'names.yaml')} while this command checks and tests it on each save:
  hookwarden dev ${dir}

Try a call and see the decision explained:
  hookwarden try ${join(dir, 'samples/rename.json')} --rules ${dir}

Serve the rules; saved changes take effect within a second:
  hookwarden serve --rules ${dir}
`,
    io,
  )
  return 0
}

async function entriesOf(dir: string): Promise<string[]> {
  try {
    return await readdir(dir)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT') return []
    if (code === 'ENOTDIR') throw new UsageError(`${dir} is a file: choose a new folder`)
    throw error
  }
}

const files: readonly { file: string; content: string }[] = [
  {
    file: 'names.yaml',
    content: `${schemaLine}

# The rule language that this folder is written for; one file says so for all of them.
language: ${newestLanguage}

# This file decides changes to the info of a group member.
callback: beforeSetGroupMemberInfo

# Named reject codes with the message that the user sees. Codes range from 5000 to 9999.
codes:
  reserved-name: { code: 5001, message: "“{nickName}” is reserved for staff" }

rules:
  # A rule has a name, a condition, and what it does when the condition holds.
  - rule: tidy-nickname
    why: Extra and invisible spaces make different names look the same
    when: { nickName: present }
    rewrite: { nickName: [remove invisible, trim, collapse spaces] }
    tests:
      - { given: { nickName: "  Ann   Lee " }, expect: { rewrite: { nickName: "Ann Lee" } } }
      - { given: { nickName: Ann }, expect: allow }
      - { given: { roleLevel: member }, expect: allow } # a field that is not being set is absent

  # Rewrites run first, so this rule sees the tidy name.
  - rule: no-staff-names
    why: People pretend to be support
    when: { nickName: { looks like a word in: staff-names } }
    # The call does not say who makes it. userID is the member being changed: list those who may.
    unless: { userID: [staff-1, staff-2] }
    reject: reserved-name
    tests:
      - { given: { nickName: Support }, expect: { reject: reserved-name } }
      - { given: { nickName: "Ѕupport" }, expect: { reject: reserved-name } } # the first letter is Cyrillic
      - { given: { nickName: Ann from 5upport }, expect: { reject: reserved-name } }
      - { given: { nickName: Badminton }, expect: allow }
      - { given: { nickName: Support, userID: u-1 }, expect: { reject: reserved-name } }
      - { given: { nickName: Support, userID: staff-1 }, expect: allow }
      - { given: { nickName: Ann }, expect: allow }
`,
  },
  {
    file: 'lists/staff-names.txt',
    content: `# One entry per line. Names that look like these are found, too.
admin
administrator
support
`,
  },
  {
    file: 'samples/rename.json',
    content: `{
  "callbackCommand": "callbackBeforeSetGroupMemberInfoCommand",
  "groupID": "12345",
  "userID": "user789",
  "nickName": " Support ",
  "faceURL": null,
  "roleLevel": null,
  "ex": null
}
`,
  },
]
