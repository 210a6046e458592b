/** Whether what stands before a number says that it is one of an order, a parcel or the like. Pure. */
export function isOfThing(text: string, start: number): boolean {
  return ofThings.test(text.slice(Math.max(0, start - 24), start))
}

/** In English `order: 415-555-2671` may be where to order: what numbers a thing has a word for that. */
const ofThings =
  /(?:(?:订单|訂單|单号|單號|编号|編號|流水|工号|学号|货号|型号|会员)(?:号|號|码)?|(?<![A-Za-z])(?:order|invoice|ticket|tracking|parcel|serial|sku|ref|imei|case) ?(?:id|no|nr|num|number|#)\.?)[:：#是 ]{0,3}$/i
