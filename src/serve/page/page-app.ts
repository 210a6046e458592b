import { createHash, randomBytes } from 'node:crypto'
import type Router from '@koa/router'
import type { Context, ExchangeState } from '../exchange.ts'

/** The files of the page by name, such as `page.js`. Undefined if there is no such file. */
export type PageFiles = (name: string) => Promise<Uint8Array | undefined>

const types: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
}

/** The page at `/`, and its files below `/page`. */
export function addPage(router: Router<ExchangeState>, files: PageFiles): void {
  router.get('/', context => answerHtml(context))
  router.get('/page/:name', context => answerFile(context, files))
}

function answerHtml({ state: { exchange } }: Context): void {
  const nonce = randomBytes(18).toString('base64')
  const headers = [...safe, 'Content-Type', 'text/html; charset=utf-8', 'Cache-Control', 'no-store']
  exchange.answer(200, htmlWith(nonce), [...headers, 'Content-Security-Policy', policyWith(nonce)])
}

async function answerFile(context: Context, files: PageFiles): Promise<void> {
  const { exchange } = context.state
  const name = String(context.params.name)
  const type = types[/\.([a-z]+)$/.exec(name)?.[1] ?? '']
  const content = type === undefined ? undefined : await files(name)
  if (type === undefined || content === undefined) return exchange.fail({ status: 404, problem: 'Unknown path' })
  const tag = `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`
  // Asked again each time: after an update, no browser may run an old script against a new service.
  const headers = [...safe, 'Content-Type', type, 'Cache-Control', 'no-cache', 'ETag', tag]
  if (context.req.headers['if-none-match'] === tag) exchange.answer(304, '', headers)
  else exchange.answer(200, content, headers)
}

/** No other page may show this one in a frame, and no browser may guess what a file is. */
const safe = [
  ...['X-Content-Type-Options', 'nosniff'],
  ...['X-Frame-Options', 'DENY'],
  ...['Referrer-Policy', 'no-referrer'],
  ...['Cross-Origin-Opener-Policy', 'same-origin'],
  ...['Cross-Origin-Resource-Policy', 'same-origin'],
]

/** Scripts and styles of this page alone; `data:` for the marks of the editor; and no text ever becomes HTML. */
function policyWith(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ')
}

function htmlWith(nonce: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="csp-nonce" nonce="${nonce}">
<title>hookwarden</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/page/page.css">
<script type="module" src="/page/page.js" nonce="${nonce}"></script>
</head>
<body><div id="page"></div><noscript>This page needs JavaScript.</noscript></body>
</html>
`
}
