import test from 'ava'
import { type CountsUrl, readCountsUrl, shownCountsUrl } from '../../src/state/counts-url.ts'

const plain: CountsUrl = {
  isTls: false,
  hosts: [{ host: 'h', port: 6379 }],
  isCluster: false,
  db: 0,
  user: '',
  password: '',
}

const reads = test.macro({
  title: (_, url: string) => `${url} is read`,
  exec: (t, url: string, differs: Partial<CountsUrl>) => t.deepEqual(readCountsUrl(url), { ...plain, ...differs }),
})

test(reads, 'redis://h', {})
test(reads, 'redis://h/', {})
test(reads, 'redis://h?cluster=false', {})
test(reads, 'rediss://h:7000/3', { isTls: true, hosts: [{ host: 'h', port: 7000 }], db: 3 })
test(reads, 'redis://u:p%40:q@[::1]:1', { hosts: [{ host: '::1', port: 1 }], user: 'u', password: 'p@:q' })
test(reads, 'redis://u@h', { user: 'u' })
test(reads, 'redis://:p@h', { password: 'p' })
test(reads, 'redis://h/0?cluster=true', { isCluster: true })
test(reads, 'redis://u:p@a:1,b', {
  hosts: [
    { host: 'a', port: 1 },
    { host: 'b', port: 6379 },
  ],
  isCluster: true,
  user: 'u',
  password: 'p',
})

const wrong = [
  '',
  'h',
  'redis:h',
  'http://h',
  'redis://',
  'redis://h:0',
  'redis://h:65536',
  'redis://h:x',
  'redis://a,',
]
for (const url of [...wrong, 'redis://h/x', 'redis://h?tls=true', 'redis://%@h', 'redis://a@b@h', 'redis://a,b/1']) {
  test(`${url || 'an empty text'} is no address of a store`, t => {
    t.is(readCountsUrl(url), undefined)
  })
}

test('no user and no password is shown', t => {
  t.is(shownCountsUrl('rediss://u:p@a:1,b:2/0'), 'rediss://a:1,b:2/0')
  t.is(shownCountsUrl('redis://h'), 'redis://h')
})
