/** Node has four threads for the file system; a few calls more keep them busy. */
const calls = 16

/** Map with a bounded number of calls under way, in the order of the items. Rejects with the first failure. */
export async function inParallel<T, R>(items: readonly T[], map: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = new Array(items.length)
  const left = items.entries()
  const work = async () => {
    for (const [index, item] of left) results[index] = await map(item)
  }
  await Promise.all(Array.from({ length: Math.min(calls, items.length) }, work))
  return results
}
