/**
 * How many different people a message mentions, by the ids that it lists. The id that stands for everybody is one.
 *
 * False for what is no list.
 */
export function countMentions(ids: unknown): number | false {
  return Array.isArray(ids) ? new Set(ids.filter(id => id !== '')).size : false
}
