import test from 'ava'
import fc from 'fast-check'
import { stepsOf, TreeBuilder } from '../../src/language/tree-steps.ts'
import { parseYaml } from '../../src/language/yaml.ts'
import { ruleFiles } from '../_random.ts'

const snippets = [
  'a: 1',
  '- x\n- [y, {z: "w"}]',
  '{}',
  '[]',
  '',
  'a: |\n  text\nb: >\n  more',
  'a: {b: [1, 2.5, true, ~]}',
]

test('a tree is built again from its steps', t => {
  fc.assert(
    fc.property(fc.oneof(ruleFiles, fc.constantFrom(...snippets)), text => {
      const { root } = parseYaml({ file: 'a.yaml', text })
      const tree = new TreeBuilder('a.yaml')
      for (const step of root === null ? [] : stepsOf(root)) tree.add(structuredClone(step))
      t.deepEqual(tree.root, root)
    }),
    { numRuns: 300 },
  )
})
