import { visible } from '../language/show/visible.ts'

/** A piece of HTML. Only `html` makes one, so that no text of a user is ever taken for HTML. */
export type Html = { readonly html: string }

type Shown = Html | string | number | readonly (Html | string)[]

/** HTML with values in it. Texts are escaped, and their control and invisible characters are spelt out. */
export function html(strings: TemplateStringsArray, ...values: readonly Shown[]): Html {
  return { html: strings.map((text, at) => text + (at < values.length ? piece(values[at] as Shown) : '')).join('') }
}

function piece(value: Shown): string {
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string') return escaped(visible(value))
  return 'html' in value ? value.html : value.map(piece).join('')
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"'`]/g, sign => `&#${sign.charCodeAt(0)};`)
}
