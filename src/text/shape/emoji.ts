import { isAscii } from '../code-units.ts'
import { isBlank } from '../spaces.ts'

/**
 * How many emoji a reader counts: a flag, a family, a keycap and a hand with its skin tone are one each.
 *
 * Signs that are text unless a selector says otherwise (©, ™, ☎, ❤ without U+FE0F) are none; half a flag is none,
 * either. Linear.
 */
export function countEmoji(text: string): number {
  return isAscii(text) ? 0 : (text.match(emoji)?.length ?? 0)
}

/** True when there is at least one emoji and nothing else that can be seen. Linear. */
export function isOnlyEmoji(text: string): boolean {
  return countEmoji(text) > 0 && isBlank(text.replace(emoji, ''))
}

/** One person or thing of a joined emoji, whichever way it is drawn by itself. UTS #51, ED-14 to ED-16. */
const element = '\\p{Extended_Pictographic}\\ufe0f?\\p{Emoji_Modifier}?'

const shown = [
  // Joined ones are drawn as emoji even where their first is text by itself.
  `${element}(?:\\u200d${element})+`,
  '\\p{Emoji_Modifier_Base}\\ufe0f?\\p{Emoji_Modifier}',
  // England's and others' flags are a black flag with letters that cannot be seen.
  '\\u{1f3f4}[\\u{e0020}-\\u{e007e}]+\\u{e007f}',
  '(?!\\p{Regional_Indicator})\\p{Emoji_Presentation}(?!\\ufe0e)\\ufe0f?',
  '(?![0-9#*])\\p{Emoji}\\ufe0f',
  '[0-9#*]\\ufe0f?\\u20e3',
  '\\p{Regional_Indicator}{2}',
]

const emoji = new RegExp(shown.join('|'), 'gu')
