import { pauseAsked, resumeAsked } from '../../pause-requests.ts'
import { fine, type Route } from '../route.ts'
import { boundedText, fields, orNull, type Shape } from '../shape.ts'
import { namedShape, parts } from '../shapes.ts'

const answers: Record<number, Shape> = { 200: fields({ pause: orNull(namedShape('Pause')), 'notKept?': parts.string }) }
const rule = boundedText(500, 1)

/** Pausing rules in the running service. */
export const pauseRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/api/pause',
    needs: 'act',
    about: 'Puts a rule into shadow at once; no rule file changes',
    body: fields({ rule, why: rule, 'forMs?': parts.count }),
    answers,
    work: async ({ body, who }, { pauses }) => {
      const answer = await pauseAsked({ ...body, who: who.name }, pauses)
      return 'problem' in answer ? answer : fine(answer)
    },
  },
  {
    method: 'POST',
    path: '/api/resume',
    needs: 'act',
    about: 'Enforces a paused rule again',
    body: fields({ rule }),
    answers,
    work: async ({ body, who }, { pauses }) => {
      const answer = await resumeAsked({ ...body, who: who.name }, pauses)
      return 'problem' in answer ? answer : fine(answer)
    },
  },
]
