import test from 'ava'

test('one that passes', t => t.pass())
test('another that passes', t => t.pass())
test.skip('one that is skipped', t => t.fail())
