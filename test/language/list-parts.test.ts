import test from 'ava'
import { check } from '../../src/lint/check.ts'
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

a: { pairs: { damn: darn, hell: "" }, except: [hell kitty] }

a: { words: [damn], pairs: { damn: darn } }
                    ^^^^^ wrong-shape

a: { pairs: { } }
            ^^^ empty

a: { pairs: [damn, darn] }
            ^^^^^^^^^^^^ wrong-shape

a: { pairs: { damn: 7, hell: [heck] } }
                    ^ unquoted-number
                             ^^^^^^ wrong-shape

a: { pairs: { " ": darn } }
              ^^^ empty
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

damn = darn # so
失业 = 灵活就业
!damn = it
x =
\\!a \\= b = c = d

damn
1 + 1 \\= 2

damn
hell = heck
^^^^^^^^^^^ wrong-shape
heck

damn = darn
hell
^^^^ wrong-shape
hell=heck
heck = x
darn = x
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

const steps = (step: string) => `callback: beforeSetGroupMemberInfo
lists: { a: [x], p: { pairs: { damn: darn } } }
rules:
  - { rule: q, when: { nickName: { has word in: p } }, reject: 5001 }
  - rule: r
    when: { nickName: { has word in: a } }
    rewrite: { nickName: { replace words in: ${step} } }`

test(
  'replace words in takes pairs',
  eachFile,
  [
    steps('p'),
    steps('{ damn: darn }'),
    steps(`a } }
                                             ^ wrong-value`),
    steps(`[damn] } }
                                             ^^^^^^ wrong-shape`),
    steps(`b } }
                                             ^ unknown-list`),
    steps(`{ } } }
                                             ^^^ empty`),
    steps(`{ damn: [x] } } }
                                                     ^^^ wrong-shape`),
  ]
    .map(text => text.replace(/ \} \}$/, text.includes('^') ? '' : ' } }'))
    .join('\n\n'),
)

test('a look-alike has no other beginning', t => {
  const said = (condition: string) => {
    const content = `callback: beforeSetGroupMemberInfo\nlists: { a: [x, "*coin"] }\nrules:\n  - { rule: r, when: { nickName: ${condition} }, reject: 5001 }\n`
    return check([{ file: 'a.yaml', content }]).diagnostics.flatMap(({ severity, message, span }) =>
      severity === 'error' ? [`${content.slice(span.start, span.end)}: ${message}`] : [],
    )
  }
  const message = '"*coin" may have any beginning, and "looks like a word in" finds words from their beginning'
  t.deepEqual(said('{ looks like a word in: a }'), [`a: ${message}`])
  t.deepEqual(said('{ looks like a word in: ["*coin"] }'), [`"*coin": ${message}`])
  t.deepEqual(said('{ looks like a word in: ["*", "coin*", "\\\\*a"] }'), [])
  t.deepEqual(said('{ has word in: a }'), [])
})

test('of words that must all be found there are not too many', t => {
  const words = Array.from({ length: 101 }, (_, at) => `w${at}`)
  const said = (list: string) => {
    const content = `callback: beforeSetGroupMemberInfo\nlists: { a: [${words}] }\nrules:\n  - { rule: r, when: { nickName: { has all words in: ${list} } }, reject: 5001 }\n`
    return check([{ file: 'a.yaml', content }]).diagnostics.filter(({ severity }) => severity === 'error')
  }
  t.like(said('a'), [{ code: 'too-large' }])
  t.like(said(`[${words}]`), [{ code: 'too-large' }])
  t.deepEqual(said(`[${words.slice(1)}]`), [])
})
