import { boundedText, fields, listOfShape, orNull, type Shape } from './shape.ts'

const place = { type: 'integer', minimum: 1 } as const
const count = { type: 'integer', minimum: 0 } as const
const flag = { type: 'boolean' } as const
const anything = {} as const
const any = (of: readonly string[]): Shape => ({ type: 'string', enum: of })
const string = { type: 'string' } as const
const strings = listOfShape(string)
const object = { type: 'object' } as const

const end: Shape = {
  anyOf: [
    fields({ kind: any(['published']), version: string, at: string }),
    fields({ kind: any(['discarded']), at: string }),
  ],
}

const draftFile = fields({ file: string, isRemoved: flag, revision: count, at: string, who: string })

const diagnostic = fields({
  file: string,
  line: place,
  column: place,
  endLine: place,
  endColumn: place,
  severity: any(['error', 'warning']),
  code: string,
  message: string,
  'hint?': string,
  'fixes?': listOfShape(fields({ label: string, edits: listOfShape(fields({ span: object, text: string })) })),
})

const about = fields({
  version: orNull(string),
  draft: orNull(fields({ id: string, name: string, revision: count, base: string })),
  edited: strings,
})

const pause = fields({ rule: string, since: string, 'until?': string, why: string, who: string })

const reload = fields({
  ok: flag,
  at: string,
  'version?': string,
  'error?': string,
  diagnostics: listOfShape(object),
})

const role = any(['look', 'content', 'write', 'publish', 'act'])

/** The shapes that OpenAPI lists by name. */
export const named = {
  About: about,
  Diagnostic: diagnostic,
  Draft: fields({
    ...{ id: string, name: string, base: string, isBaseInForce: flag, revision: count },
    ...{ madeAt: string, madeBy: string, savedAt: string, savedBy: string },
    files: listOfShape(draftFile),
    'end?': end,
  }),
  DraftFile: draftFile,
  Pause: pause,
  Problem: { type: 'object', properties: { error: string, kind: string }, required: ['error'] },
  Rule: fields({
    ...{ rule: string, file: string, line: place, column: place, order: { type: 'integer' }, tests: count },
    stage: any(['rewrite', 'exempt', 'reject']),
    mode: any(['enforce', 'shadow', 'disabled']),
    ...{ callbacks: strings, sentences: strings, why: orNull(string), paused: orNull(pause) },
  }),
  Status: fields({
    app: string,
    who: fields({ name: string, may: listOfShape(role) }),
    inForce: fields({ version: orNull(string), since: orNull(string), rules: orNull(object) }),
    lastReload: orNull(reload),
    pauses: listOfShape(pause),
    drafts: listOfShape({ $ref: '#/components/schemas/Draft' }),
    draftsProblem: orNull(string),
    folder: string,
    isRecorded: flag,
  }),
  Test: fields({
    ...{ rule: orNull(string), file: string, line: place, name: string, expected: string },
    status: any(['passed', 'failed', 'needs time']),
    problem: strings,
  }),
} as const satisfies Record<string, Shape>

/** A reference to a shape that OpenAPI lists by name. */
export function namedShape(name: keyof typeof named): Shape {
  return { $ref: `#/components/schemas/${name}` }
}

/** The parts of shapes that routes are described with. */
export const parts = { place, count, flag, anything, string, strings, object }

/** The id of a draft. */
export const draftId: Shape = { type: 'string', pattern: '^[\\w-]{1,40}$' }

/** The path of a rule file. */
export const filePath: Shape = boundedText(200, 1)

/** Unsaved texts by file; null for a file that is removed. */
export const editsShape: Shape = {
  type: 'object',
  maxProperties: 50,
  additionalProperties: { type: ['string', 'null'] },
}

/** Which rules are meant: a draft's, or without one those in force; with unsaved texts laid over them. */
export const chosenShape = { 'draft?': draftId, 'edits?': editsShape }
