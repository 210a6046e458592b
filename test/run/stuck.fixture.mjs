import test from 'ava'

test('one that passes before it', t => t.pass())
test('one that never ends', () => new Promise(resolve => setTimeout(resolve, 2 ** 30)))
