import test from 'ava'
import { eachFile } from './_each.ts'

const rule = 'rules:\n  - { rule: r, when: { nickName: { has word in: a } }, reject: 5001 }\n'

/** Lists of the name "a", each in a file of its own. */
function lists(table: string): string {
  return table
    .replaceAll(/^\n+|\n+$/g, '')
    .split(/\n\n+/)
    .map(part => `callback: beforeSetGroupMemberInfo\n${rule}lists:\n${part.replaceAll(/^/gm, '  ')}`)
    .join('\n\n')
}

test(
  'a list may have exceptions',
  eachFile,
  lists(`
a: { words: [hell], except: [hell kitty] }

a:
  words:
    - hell
  except:
    - hell kitty

a: { except: [hell kitty] }
   ^^^^^^^^^^^^^^^^^^^^^^^^ missing-key

a: { words: [hell], excpt: [hell kitty] }
                    ^^^^^ unknown-key

a: { words: hell, except: [hell kitty] }
            ^^^^ wrong-shape

a: { words: [hell], except: hell kitty }
                            ^^^^^^^^^^ wrong-shape

a: { words: [hell], except: [""] }
                             ^^ empty

a: { words: [hell], except: [7] }
                             ^ unquoted-number

a: { hell: heck }
     ^^^^ unknown-key
`),
)

test(
  'a line of a list file that begins with ! is an exception',
  eachFile,
  inFile(`
hell
!hell kitty
\\!
\\!wow
! ok # and why

hell
!
^ empty

hell
! # none
^ empty
`),
)

/** Files of the list "a", each in a folder of its own. */
function inFile(table: string): string {
  return table
    .replaceAll(/^\n+|\n+$/g, '')
    .split(/\n\n+/)
    .map(part => `--- a.yaml\ncallback: beforeSetGroupMemberInfo\n${rule}--- lists/a.txt\n${part}`)
    .join('\n\n')
}
