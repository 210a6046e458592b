import test from 'ava'
import fc from 'fast-check'
import { pack, unpack } from '../../src/store/packed-tree.ts'
import { parseYaml } from '../../src/yaml/parse.ts'
import { atOnce } from '../../src/yaml/steps.ts'
import { ruleFiles } from '../_random.ts'

const snippets = [
  'a: 1',
  '- x\n- [y, {z: "w"}]',
  '{}',
  '[]',
  '',
  '""',
  'a: |\n  text\nb: >\n  more',
  'a: {b: [1, 2.5, true, ~, "1", \'it\'\'s\', "\\u00e9"]}',
  '"a b": [c d, "c d"]\n? e\n: f\n1: 2',
  'a: &x yes\nb: *x\nc: [!t d]',
  'a: 1\na: 2\nb:\n',
]

test('a packed tree is unpacked as it was', t => {
  fc.assert(
    fc.property(fc.oneof(ruleFiles, fc.constantFrom(...snippets)), text => {
      const source = { file: 'a.yaml', text }
      const parsed = parseYaml(source)
      t.deepEqual(atOnce(unpack(structuredClone(pack(parsed, text)), source)), parsed)
    }),
    { numRuns: 300 },
  )
})

test('a large tree is unpacked in pieces', t => {
  const source = { file: 'a.yaml', text: `[${'a, '.repeat(10_000)}a]` }
  const pauses = [...unpack(pack(parseYaml(source), source.text), source)]
  t.true(pauses.length >= 4)
})
