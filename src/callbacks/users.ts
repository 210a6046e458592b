import type { Callback, Field } from './callback.ts'
import { appRoles, platforms, receiveOptions } from './enum-names.ts'
import { flag, id, integer, json, list, nullable, oneOf, readOnly, rewritable, text, url } from './fields.ts'

const newUser: readonly Field[] = [
  id('userID', 'the user'),
  text('nickname', 'the name of the user', rewritable),
  url('faceURL', 'the address of the avatar', rewritable),
  json('ex', 'extra data', rewritable),
  integer('createTime', 'when the account was created, in ms since 1970; still 0 here'),
  // Not for rewrites to grant: only administrators appoint administrators.
  oneOf(appRoles, 'appMangerLevel', 'the role in the app; the server spells it this way'),
  oneOf(receiveOptions, 'globalRecvMsgOpt', 'how the user receives messages', rewritable),
]

const session: readonly Field[] = [
  id('operationID', 'the id of the operation, set by the server'),
  oneOf(platforms, 'platformID', 'the platform of the user'),
  text('platform', 'the name of that platform'),
  id('userID', 'the user'),
  integer('seq', 'the time, in ms since 1970'),
]

const emptyIsAbsent = { origin: 'empty is absent' } as const

/** Callbacks about accounts and online status. */
export const userCallbacks: readonly Callback[] = [
  {
    name: 'beforeUserRegister',
    command: 'callbackBeforeUserRegisterCommand',
    formerly: [],
    setting: 'beforeUserRegister',
    phase: 'before',
    rejectable: true,
    fields: [list(newUser, 'users', 'the new users', { rewrite: { notEmpty: true } })],
    about: 'before an administrator or a business server creates accounts; a rule can only reject all of them',
    source: 'open-im-server 7848d7c, internal/rpc/user/user.go:320',
  },
  {
    name: 'afterUserRegister',
    command: 'callbackAfterUserRegisterCommand',
    formerly: [],
    setting: 'afterUserRegister',
    phase: 'after',
    rejectable: false,
    fields: [list(readOnly(newUser), 'users', 'the new users')],
    about: 'after accounts were created',
    source: 'open-im-server 7848d7c, internal/rpc/user/user.go:342',
  },
  {
    name: 'beforeUpdateUserInfo',
    command: 'callbackBeforeUpdateUserInfoCommand',
    formerly: [],
    setting: 'beforeUpdateUserInfo',
    phase: 'before',
    rejectable: true,
    fields: [
      id('userID', 'the user'),
      text('nickName', 'the new name', { ...nullable, ...rewritable, ...emptyIsAbsent }),
      url('faceURL', 'the address of the new avatar', { ...nullable, ...rewritable, ...emptyIsAbsent }),
      json('ex', 'extra data', { ...nullable, ...rewritable, neverSent: 'null' }),
    ],
    about: 'before the info of a user is set, through the old API',
    source: 'open-im-server 7848d7c, internal/rpc/user/user.go:165, internal/rpc/user/callback.go:30',
  },
  {
    name: 'beforeUpdateUserInfoEx',
    command: 'callbackBeforeUpdateUserInfoExCommand',
    formerly: [],
    setting: 'beforeUpdateUserInfoEx',
    phase: 'before',
    rejectable: true,
    fields: [
      id('userID', 'the user'),
      text('nickName', 'the new name', { ...nullable, rewrite: { onlyIfPresent: true } }),
      url('faceURL', 'the address of the new avatar', { ...nullable, rewrite: { onlyIfPresent: true } }),
      json('ex', 'extra data', { ...nullable, neverSent: 'null' }),
    ],
    // A nil pointer unless ex is being changed, which the request does not show.
    unsafe: ['ex'],
    about: 'before the info of a user is set',
    source: 'open-im-server 7848d7c, internal/rpc/user/user.go:192, internal/rpc/user/callback.go',
  },
  {
    name: 'afterUpdateUserInfo',
    command: 'callbackAfterUpdateUserInfoCommand',
    formerly: [],
    setting: 'afterUpdateUserInfo',
    phase: 'after',
    rejectable: false,
    fields: [
      id('userID', 'the user'),
      text('nickName', 'the new name', emptyIsAbsent),
      url('faceURL', 'the address of the new avatar', emptyIsAbsent),
      json('ex', 'extra data', { ...emptyIsAbsent, neverSent: 'empty text' }),
    ],
    about: 'after the info of a user was set, through the old API',
    source: 'open-im-server 7848d7c, internal/rpc/user/user.go:178',
  },
  {
    name: 'afterUpdateUserInfoEx',
    command: 'callbackAfterUpdateUserInfoExCommand',
    formerly: [],
    setting: 'afterUpdateUserInfoEx',
    phase: 'after',
    rejectable: false,
    fields: [
      id('userID', 'the user'),
      text('nickName', 'the new name', nullable),
      url('faceURL', 'the address of the new avatar', nullable),
      json('ex', 'extra data', { ...nullable, neverSent: 'null' }),
    ],
    about: 'after the info of a user was set',
    source: 'open-im-server 7848d7c, internal/rpc/user/user.go:221',
  },
  {
    name: 'afterUserOnline',
    command: 'callbackAfterUserOnlineCommand',
    formerly: ['callbackUserOnlineCommand'],
    setting: 'afterUserOnline',
    phase: 'after',
    rejectable: false,
    fields: [
      ...session,
      flag('isAppBackground', 'whether the app is in the background'),
      id('connID', 'the connection; "" when the server only repeats the event'),
    ],
    about: 'after a user came online; repeated from time to time',
    source: 'open-im-server 7848d7c, internal/msggateway/online.go:101',
  },
  {
    name: 'afterUserOffline',
    command: 'callbackAfterUserOfflineCommand',
    formerly: ['callbackUserOfflineCommand'],
    setting: 'afterUserOffline',
    phase: 'after',
    rejectable: false,
    fields: [...session, id('connID', 'the connection')],
    about: 'after a user went offline',
    source: 'open-im-server 7848d7c, internal/msggateway/online.go:104',
  },
  {
    name: 'afterUserKickOff',
    command: 'callbackAfterUserKickOffCommand',
    formerly: ['callbackUserKickOffCommand'],
    setting: 'afterUserKickOff',
    phase: 'after',
    rejectable: false,
    fields: session,
    isDead: true,
    about: 'after a user was logged out by another login',
    source: 'open-im-server 7848d7c, internal/msggateway/callback.go:62, which nothing calls',
  },
]
