/** Fields that have another value in each call. */
export const perCall: ReadonlySet<string> = new Set(['serverMsgID', 'clientMsgID', 'operationID'])
