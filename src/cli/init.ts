import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type ExitCode, type Io, print, UsageError } from './io.ts'
import { schemaFile, schemaLine, schemaText } from './schema.ts'

/** Lay down a small folder to start from: rules with tests, a list, a sample. Throws UsageError if there is one. */
export async function init(dir: string, io: Io): Promise<ExitCode> {
  if ((await entriesOf(dir)).length > 0)
    throw new UsageError(`${dir} is not empty: name a folder that is not there yet`)
  const all = [...files, { file: schemaFile, content: schemaText(files) }]
  for (const { file, content } of all) {
    const path = join(dir, file)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, content)
  }
  const names = all.map(({ file }) => `  ${join(dir, file)}\n`).join('')
  print(
    `Made\n${names}
Edit ${join(dir, 'names.yaml')} while this checks and tests it on each save:
  hookwarden dev ${dir}

Decide a call, and see why:
  hookwarden try ${join(dir, 'samples/rename.json')} --rules ${dir}

Serve; what you save is in force within a second:
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
    if (code === 'ENOTDIR') throw new UsageError(`${dir} is a file: name a folder that is not there yet`)
    throw error
  }
}

const files: readonly { file: string; content: string }[] = [
  {
    file: 'names.yaml',
    content: `${schemaLine}

# What this file decides: changes of a member's info in a group.
callback: beforeSetGroupMemberInfo

# Reject codes by name, with what the user is told. Codes are from 5000 to 9999.
codes:
  reserved-name: { code: 5001, message: "“{nickName}” is reserved for staff" }

rules:
  # A rule has a name, says when it fires, and what it does then.
  - rule: tidy-nickname
    why: Blanks that nobody sees make two names look the same
    when: { nickName: present }
    rewrite: { nickName: [remove invisible, trim, collapse spaces] }
    tests:
      - { given: { nickName: "  Ann   Lee " }, expect: { rewrite: { nickName: "Ann Lee" } } }
      - { given: { nickName: Ann }, expect: allow }
      - { given: { roleLevel: member }, expect: allow } # what the call leaves alone is absent

  # Rewrites come first, so this rule sees the tidy name.
  - rule: no-staff-names
    why: People pretend to be support
    when: { nickName: { in list: staff-names } }
    unless: { roleLevel: { at least: admin } }
    reject: reserved-name
    tests:
      - { given: { nickName: Support }, expect: { reject: reserved-name } }
      - { given: { nickName: Support, roleLevel: member }, expect: { reject: reserved-name } }
      - { given: { nickName: Support, roleLevel: admin }, expect: allow }
      - { given: { nickName: Ann }, expect: allow }
`,
  },
  {
    file: 'lists/staff-names.txt',
    content: `# One entry a line. Big and small letters are the same.
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
