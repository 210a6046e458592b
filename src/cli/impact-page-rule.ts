import type { RuleSet } from '../compile/ruleset.ts'
import type { Example } from '../impact/example.ts'
import type { ImpactReport, RuleImpact } from '../impact/report.ts'
import type { Zone } from '../language/clock.ts'
import { secondText } from './covered.ts'
import { whoText } from './decision-line.ts'
import { type Html, html } from './html.ts'
import { impactTitles } from './impact-changes.ts'
import { ruleHoursPicture } from './impact-pictures.ts'
import { beforeText, callsOf, peopleText } from './impact-words.ts'
import { refusalText } from './judge-card.ts'
import { foundIn, litPieces } from './lit-text.ts'
import { saidIn } from './said-in-call.ts'
import { whyFires } from './why-fires.ts'

/** One rule of the report; `at` is its place in the report. */
export type RulePart = { change: RuleImpact; at: number; report: ImpactReport; zone: Zone; draft: RuleSet | undefined }

/** Rules beyond these have only the examples that the terminal shows, so that the file stays small. */
const mostWithAll = 20

const mostFound = 12

/** What one rule changes: whom it hits, when, what was found, and examples with what was found lit. */
export async function rulePart({ change, at, report, zone, draft }: RulePart): Promise<Html> {
  const { kind, rule, calls, people, groups, neverRefused, found, typical, unusual, examples } = change
  const shown = new Set([...typical, ...(unusual === null ? [] : [unusual])].map(({ id }) => id))
  const others = at < mostWithAll ? examples.filter(({ id }) => !shown.has(id)) : []
  const part = { rule, report, zone, draft }
  const most = found.slice(0, mostFound).map(({ text, calls: times }) => `“${text}” ${times.toLocaleString('en-US')}`)
  return html`<section id="rule-${at}">
<h2><bdi>${rule}</bdi></h2>
<p>${impactTitles[kind]}: ${callsOf(calls)} of ${peopleText(people, 'person', 'people')} in ${peopleText(groups, 'group', 'groups')}; ${peopleText(neverRefused)} of the people were not refused ${beforeText(report)}</p>
${most.length === 0 ? '' : html`<p>Found most: ${most.join(', ')}</p>`}
${ruleHoursPicture(change, report, zone)}
<h3>Typical calls</h3>${await exampleList(typical, part)}
${unusual === null ? '' : html`<h3>Unlike the others</h3>${await exampleList([unusual], part)}`}
${others.length === 0 ? '' : html`<h3>More, chosen by chance</h3>${await exampleList(others, part)}`}
</section>
`
}

type Part = { rule: string } & Pick<RulePart, 'report' | 'zone' | 'draft'>

async function exampleList(examples: readonly Example[], part: Part): Promise<Html> {
  const items: Html[] = []
  for (const example of examples) items.push(await exampleItem(example, part))
  return html`<ul>${items}</ul>`
}

async function exampleItem(example: Example, { rule, report, zone, draft }: Part): Promise<Html> {
  const { id, at, before, after, callback, found } = example
  const why = await whyFires({ rule, example }, draft)
  const lit = why === undefined ? [] : foundIn(why)
  const texts = saidIn(example).map(({ field, text }) => said(field, text, lit.length === 0 && found ? [found] : lit))
  const answer = report.judged?.answers.find(each => each.id === id)?.answer
  return html`<li><p><span>${secondText(at, zone)}</span> <bdi>${whoText(example)}</bdi> ${callback}</p>
${texts}<p>${refusalText(before)} → ${refusalText(after)}</p>
<p class="soft">${id}${answer === undefined ? '' : html` · judged: ${answer}`}</p></li>
`
}

function said(field: string, text: string, found: readonly string[]): Html {
  const pieces = litPieces(text, found).map(each => (each.isFound ? html`<mark>${each.text}</mark>` : each.text))
  return html`<p>${field === '' ? '' : `${field}: `}<q dir="auto">${pieces}</q></p>
`
}
