import test from 'ava'
import { callerId } from '../../src/serve/caller-id.ts'
import { configOf } from './_http.ts'

const config = configOf({ requestIdHeader: 'X-Call-Id', trustProxy: '10.0.0.0/8,192.168.1.7,2001:db8::/32' })
const headers = { 'x-call-id': 'c1' }

for (const address of ['10.0.0.1', '10.255.255.255', '192.168.1.7', '::ffff:10.1.2.3', '2001:db8:1::9']) {
  test(`the id of a proxy at ${address} is believed`, t => {
    t.is(callerId(headers, address, config), 'c1')
  })
}

for (const address of ['11.0.0.1', '192.168.1.8', '::ffff:11.0.0.1', '2001:db9::1', '::1', '', 'proxy', undefined]) {
  test(`the id of a caller at ${address} is not believed`, t => {
    t.is(callerId(headers, address, config), undefined)
  })
}

test('without the header, or without the setting, there is no id', t => {
  t.is(callerId({}, '10.0.0.1', config), undefined)
  t.is(callerId({ 'x-call-id': '' }, '10.0.0.1', config), undefined)
  t.is(callerId({ '': 'c1' }, '10.0.0.1', configOf({ trustProxy: '10.0.0.1' })), undefined)
})
