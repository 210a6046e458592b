import { type ChildProcess, spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** What an editor underlines: the text under the line, and what is said of it. */
export type Squiggle = { line: number; start: number; end: number; message: string }

/** One thing that an editor offers. */
export type Offer = { label: string; documentation: string }

/**
 * An editor that speaks with yaml-language-server over its standard input and output, as real ones do.
 *
 * `path` names a file of a folder on disk; `text` is what the editor shows of it. A place is a line and column from 0.
 */
export type Editor = {
  squiggles(path: string, text: string): Promise<readonly Squiggle[]>
  complete(path: string, text: string, place: Place): Promise<readonly Offer[]>
  hover(path: string, text: string, place: Place): Promise<string>
  close(): Promise<void>
}

export type Place = { line: number; character: number }

/** Start the language server and greet it. */
export async function openEditor(): Promise<Editor> {
  const entry = createRequire(import.meta.url).resolve('yaml-language-server/package.json')
  const server = spawn(process.execPath, [join(dirname(entry), 'bin/yaml-language-server'), '--stdio'])
  const wire = new Wire(server)
  const capabilities = {
    textDocument: {
      completion: { completionItem: { snippetSupport: true, documentationFormat: ['markdown'] } },
      hover: { contentFormat: ['markdown'] },
    },
    workspace: { configuration: true },
  }
  await wire.ask('initialize', { processId: process.pid, rootUri: null, capabilities })
  wire.tell('initialized', {})
  let version = 0
  /** Show a text: in an editor of its own kind each time, since every test has its own file. */
  const open = (path: string, text: string) => {
    const uri = pathToFileURL(path).href
    version += 1
    wire.tell('textDocument/didOpen', { textDocument: { uri, languageId: 'yaml', version, text } })
    return uri
  }
  const at = (uri: string, position: Place) => ({ textDocument: { uri }, position })
  return {
    async squiggles(path, text) {
      const told = wire.told('textDocument/publishDiagnostics', ({ uri }) => uri === pathToFileURL(path).href)
      open(path, text)
      const { diagnostics } = (await told) as { diagnostics: Diagnostic[] }
      return diagnostics.map(({ range: { start, end }, message }) => ({
        line: start.line,
        start: start.character,
        end: end.line === start.line ? end.character : Number.POSITIVE_INFINITY,
        message,
      }))
    },
    async complete(path, text, place) {
      const answer = await wire.ask('textDocument/completion', at(open(path, text), place))
      const items = (Array.isArray(answer) ? answer : (answer as { items: Item[] }).items) as Item[]
      return items.map(({ label, documentation }) => ({ label, documentation: markdownOf(documentation) }))
    },
    async hover(path, text, place) {
      const answer = (await wire.ask('textDocument/hover', at(open(path, text), place))) as { contents: Markup } | null
      return markdownOf(answer?.contents)
    },
    async close() {
      const ended = new Promise(resolve => server.once('exit', resolve))
      server.kill()
      await ended
    },
  }
}

type Diagnostic = { range: { start: Place; end: Place }; message: string }
type Markup = string | { value: string } | undefined
type Item = { label: string; documentation?: Markup }

function markdownOf(markup: Markup): string {
  return typeof markup === 'object' ? markup.value : (markup ?? '')
}

type Message = { id?: number; method?: string; params?: never; result?: unknown; error?: { message: string } }

/** JSON-RPC as the Language Server Protocol frames it. */
class Wire {
  readonly #server: ChildProcess
  readonly #waiting = new Map<number, (message: Message) => void>()
  readonly #listening = new Set<(message: Message) => void>()
  #received = Buffer.alloc(0)
  #asked = 0

  constructor(server: ChildProcess) {
    this.#server = server
    server.stdout?.on('data', chunk => this.#receive(chunk))
  }

  ask(method: string, params: unknown): Promise<unknown> {
    this.#asked += 1
    const id = this.#asked
    this.#send({ id, method, params })
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, ({ result, error }) => (error ? reject(new Error(error.message)) : resolve(result)))
    })
  }

  tell(method: string, params: unknown): void {
    this.#send({ method, params })
  }

  /** What the server says next by itself, of some kind and about something. */
  told(method: string, isAbout: (params: { uri: string }) => boolean): Promise<unknown> {
    return new Promise(resolve => {
      const listen = (message: Message) => {
        if (message.method !== method || !isAbout(message.params as never)) return
        this.#listening.delete(listen)
        resolve(message.params)
      }
      this.#listening.add(listen)
    })
  }

  #send(message: object): void {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message })
    this.#server.stdin?.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
  }

  #receive(chunk: Buffer): void {
    this.#received = Buffer.concat([this.#received, chunk])
    for (;;) {
      const head = this.#received.indexOf('\r\n\r\n')
      const length = Number(/Content-Length: (\d+)/.exec(this.#received.subarray(0, Math.max(head, 0)).toString())?.[1])
      if (head === -1 || this.#received.length < head + 4 + length) return
      const body = this.#received.subarray(head + 4, head + 4 + length).toString()
      this.#received = this.#received.subarray(head + 4 + length)
      this.#take(JSON.parse(body))
    }
  }

  #take(message: Message): void {
    const { id, method } = message
    if (id !== undefined && method !== undefined) this.#send({ id, result: answerTo(method) })
    else if (id !== undefined) this.#waiting.get(id)?.(message)
    else for (const listen of this.#listening) listen(message)
  }
}

/** The server asks for settings, in this order: yaml, http, and some that do not matter. */
function answerTo(method: string): unknown {
  if (method !== 'workspace/configuration') return null
  const yaml = { validate: true, hover: true, completion: true, schemaStore: { enable: false } }
  return [yaml, {}, {}, {}, {}]
}
