/** A type of the IM server's language: a list of one, an object by its keys. */
type Type = 'string' | 'int32' | 'int64' | 'bool' | 'map' | readonly [Type] | { readonly [key: string]: Type }

/** What every answer has. open-im-server pkg/callbackstruct/common.go. */
const common: Record<string, Type> = {
  actionCode: 'int32',
  errCode: 'int32',
  errMsg: 'string',
  errDlt: 'string',
  nextCode: 'int32',
}

/** What the answers to some callbacks have besides. open-im-server pkg/callbackstruct. */
const answers: Record<string, Record<string, Type>> = {
  callbackBeforeCreateGroupChatConversationsCommand: {
    recvMsgOpt: 'int32',
    isPinned: 'bool',
    isPrivateChat: 'bool',
    burnDuration: 'int32',
    groupAtType: 'int32',
    attachedInfo: 'string',
    ex: 'string',
  },
  callbackBeforeCreateGroupCommand: {
    groupID: 'string',
    groupName: 'string',
    notification: 'string',
    introduction: 'string',
    faceURL: 'string',
    ownerUserID: 'string',
    ex: 'string',
    status: 'int32',
    creatorUserID: 'string',
    groupType: 'int32',
    needVerification: 'int32',
    lookMemberInfo: 'int32',
    applyMemberFriend: 'int32',
  },
  callbackBeforeCreateSingleChatConversationsCommand: {
    recvMsgOpt: 'int32',
    isPinned: 'bool',
    isPrivateChat: 'bool',
    burnDuration: 'int32',
    groupAtType: 'int32',
    attachedInfo: 'string',
    ex: 'string',
  },
  callbackBeforeGroupOnlinePushCommand: {
    userIDList: ['string'],
    offlinePushInfo: {
      title: 'string',
      desc: 'string',
      ex: 'string',
      iOSPushSound: 'string',
      iOSBadgeCount: 'bool',
      signalInfo: 'string',
    },
  },
  callbackBeforeImportFriendsCommand: { friendUserIDs: ['string'] },
  callbackBeforeInviteJoinGroupCommand: { refusedMembersAccount: ['string'] },
  callbackBeforeMembersJoinGroupCommand: {
    memberCallbackList: [
      {
        userID: 'string',
        nickname: 'string',
        faceURL: 'string',
        roleLevel: 'int32',
        muteEndTime: 'int64',
        ex: 'string',
      },
    ],
  },
  callbackBeforeMsgModifyCommand: {
    content: 'string',
    recvID: 'string',
    groupID: 'string',
    clientMsgID: 'string',
    serverMsgID: 'string',
    senderPlatformID: 'int32',
    senderNickname: 'string',
    senderFaceURL: 'string',
    sessionType: 'int32',
    msgFrom: 'int32',
    contentType: 'int32',
    status: 'int32',
    options: 'map',
    offlinePushInfo: {
      title: 'string',
      desc: 'string',
      ex: 'string',
      iOSPushSound: 'string',
      iOSBadgeCount: 'bool',
      signalInfo: 'string',
    },
    atUserIDList: ['string'],
    msgDataList: 'string',
    attachedInfo: 'string',
    ex: 'string',
  },
  callbackBeforeOfflinePushCommand: {
    userIDList: ['string'],
    offlinePushInfo: {
      title: 'string',
      desc: 'string',
      ex: 'string',
      iOSPushSound: 'string',
      iOSBadgeCount: 'bool',
      signalInfo: 'string',
    },
  },
  callbackBeforeOnlinePushCommand: {
    userIDList: ['string'],
    offlinePushInfo: {
      title: 'string',
      desc: 'string',
      ex: 'string',
      iOSPushSound: 'string',
      iOSBadgeCount: 'bool',
      signalInfo: 'string',
    },
  },
  callbackBeforeSetFriendRemarkCommand: { remark: 'string' },
  callbackBeforeSetGroupInfoCommand: {
    groupID: 'string',
    groupName: 'string',
    notification: 'string',
    introduction: 'string',
    faceURL: 'string',
    ex: 'string',
    needVerification: 'int32',
    lookMemberInfo: 'int32',
    applyMemberFriend: 'int32',
  },
  callbackBeforeSetGroupInfoExCommand: {
    groupID: 'string',
    groupName: 'string',
    notification: 'string',
    introduction: 'string',
    faceURL: 'string',
    ex: 'string',
    needVerification: 'int32',
    lookMemberInfo: 'int32',
    applyMemberFriend: 'int32',
  },
  callbackBeforeSetGroupMemberInfoCommand: { ex: 'string', nickName: 'string', faceURL: 'string', roleLevel: 'int32' },
  callbackBeforeUpdateUserInfoCommand: { nickName: 'string', faceURL: 'string', ex: 'string' },
  callbackBeforeUpdateUserInfoExCommand: { nickName: 'string', faceURL: 'string', ex: 'string' },
  callbackBeforeUserRegisterCommand: {
    users: [
      {
        userID: 'string',
        nickname: 'string',
        faceURL: 'string',
        ex: 'string',
        createTime: 'int64',
        appMangerLevel: 'int32',
        globalRecvMsgOpt: 'int32',
      },
    ],
  },
}

/** Read an answer as the IM server does, where one value of a wrong type fails the user's action; and no strange key. */
export function strictly(command: string, text: string): Record<string, unknown> {
  const answer = JSON.parse(text)
  check({ ...common, ...answers[command] }, answer, 'the answer')
  for (const key of Object.keys(common)) if (!Object.hasOwn(answer, key)) throw new TypeError(`${key} is missing`)
  return answer
}

function check(type: Type, value: unknown, place: string): void {
  // A null leaves the server's own value, whatever its type.
  if (value === null) return
  if (typeof type === 'string') {
    if (!isOf(type, value)) throw new TypeError(`${place} is no ${type}: ${JSON.stringify(value)}`)
  } else if (Array.isArray(type)) {
    if (!Array.isArray(value)) throw new TypeError(`${place} is no list`)
    for (const item of value) check(type[0], item, `an item of ${place}`)
  } else {
    if (typeof value !== 'object' || Array.isArray(value)) throw new TypeError(`${place} is no object`)
    for (const [key, inside] of Object.entries(value)) {
      const wanted = (type as Record<string, Type>)[key]
      if (wanted === undefined) throw new TypeError(`${place} has a strange key ${key}`)
      check(wanted, inside, `${key} of ${place}`)
    }
  }
}

function isOf(type: 'string' | 'int32' | 'int64' | 'bool' | 'map', value: unknown): boolean {
  switch (type) {
    case 'string':
      return typeof value === 'string'
    case 'bool':
      return typeof value === 'boolean'
    case 'int32':
      return typeof value === 'number' && value === (value | 0)
    case 'int64':
      return Number.isSafeInteger(value)
    case 'map':
      return typeof value === 'object'
  }
}
