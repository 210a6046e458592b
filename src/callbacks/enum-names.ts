/**
 * Names of the numbers that the IM server sends: what authors write instead.
 *
 * All come from openimsdk/protocol, constant/constant.go, unless noted; the names of its constants follow each.
 */

type Names = ReadonlyMap<string, number>

/** Roles in a group. GroupOrdinaryUsers, GroupAdmin, GroupOwner. */
export const roles: Names = new Map([
  ['member', 20],
  ['admin', 60],
  ['owner', 100],
])

/** The roles a rewrite may give. The server stores any number unchecked: 100 would make a second owner. */
export const rolesToGive: readonly number[] = [20, 60]

/** Kinds of conversation. SingleChatType, WriteGroupChatType (not in use), ReadGroupChatType, NotificationChatType. */
export const sessionTypes: Names = new Map([
  ['single', 1],
  ['write group', 2],
  ['group', 3],
  ['notification', 4],
])

/** Kinds of message. Text … ReactionMessageDeleter, OANotification; 115: docs.openim.io, message content types. */
export const contentTypes: Names = new Map([
  ['text', 101],
  ['picture', 102],
  ['voice', 103],
  ['video', 104],
  ['file', 105],
  ['at text', 106],
  ['merger', 107],
  ['card', 108],
  ['location', 109],
  ['custom', 110],
  ['revoke', 111],
  ['typing', 113],
  ['quote', 114],
  ['face', 115],
  ['advanced text', 117],
  ['markdown', 118],
  ['custom without conversation', 119],
  ['custom online only', 120],
  ['reaction', 121],
  ['reaction removed', 122],
  ['official notice', 1400],
])

/** Who wrote a message. UserMsgType, SysMsgType. */
export const authors: Names = new Map([
  ['user', 100],
  ['system', 200],
])

/** The delivery status of a message. MsgIsSending, MsgSendSuccessed, MsgSendFailed. */
export const messageStatuses: Names = new Map([
  ['sending', 1],
  ['sent', 2],
  ['failed', 3],
])

/** The platform of a user. constant/platform_id_to_name.go: IOSPlatformID … HarmonyOSPlatformID. */
export const platforms: Names = new Map([
  ['ios', 1],
  ['android', 2],
  ['windows', 3],
  ['macos', 4],
  ['web', 5],
  ['mini web', 6],
  ['linux', 7],
  ['android pad', 8],
  ['ipad', 9],
  ['admin', 10],
  ['harmonyos', 11],
])

/** Kinds of group. NormalGroup, SuperGroup, WorkingGroup; servers since 3.0 create working groups only. */
export const groupTypes: Names = new Map([
  ['normal', 0],
  ['super', 1],
  ['working', 2],
])

/** The only kind of group that a server since 3.0 can handle; it does not check again after a rewrite. */
export const workingGroup: readonly number[] = [2]

/** The status of a group. GroupOk, GroupBanChat, GroupStatusDismissed, GroupStatusMuted. */
export const groupStatuses: Names = new Map([
  ['normal', 0],
  ['banned', 1],
  ['dismissed', 2],
  ['muted', 3],
])

/** Which joins need approval. ApplyNeedVerificationInviteDirectly, AllNeedVerification, Directly. */
export const verifications: Names = new Map([
  ['of applicants', 0],
  ['of everyone', 1],
  ['of nobody', 2],
])

/** What members may do among themselves. protocol sdkws/sdkws.proto, GroupInfo: 0 allows it, 1 does not. */
export const permissions: Names = new Map([
  ['allowed', 0],
  ['forbidden', 1],
])

/** How a user joined a group. JoinByAdmin, JoinByInvitation, JoinBySearch, JoinByQRCode. */
export const joinSources: Names = new Map([
  ['admin', 1],
  ['invitation', 2],
  ['search', 3],
  ['qr code', 4],
])

/** The response to a friend request. FriendResponseRefuse, FriendResponseNotHandle, FriendResponseAgree. */
export const friendResponses: Names = new Map([
  ['refuse', -1],
  ['not handled', 0],
  ['agree', 1],
])

/** What happens to incoming messages. ReceiveMessage, NotReceiveMessage, ReceiveNotNotifyMessage. */
export const receiveOptions: Names = new Map([
  ['receive', 0],
  ['do not receive', 1],
  ['receive silently', 2],
])

/** Who is mentioned in a conversation. AtNormal, AtMe, AtAll, AtAllAtMe, GroupNotification. */
export const mentions: Names = new Map([
  ['nobody', 0],
  ['me', 1],
  ['everyone', 2],
  ['everyone and me', 3],
  ['group notice', 4],
])

/** Roles in the whole app. IMOrdinaryUser, AppOrdinaryUsers, AppAdmin, AppNotificationAdmin. */
export const appRoles: Names = new Map([
  ['user', 0],
  ['app user', 1],
  ['app admin', 2],
  ['notification account', 3],
])
