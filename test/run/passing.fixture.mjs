import test from 'ava'

test('one that passes', t => {
  t.log('what it has to say\nin two lines')
  t.pass()
})
test('another that passes', t => t.pass())
test.skip('one that is skipped', t => t.fail())
