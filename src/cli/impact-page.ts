import { createHash } from 'node:crypto'
import { createColors } from 'picocolors'
import type { RuleSet } from '../compile/ruleset.ts'
import { differenceKinds } from '../decide/difference.ts'
import type { ImpactReport, RuleImpact } from '../impact/report.ts'
import { coverageLines, minuteText } from './covered.ts'
import { type Html, html } from './html.ts'
import { impactTitles, shadowOf } from './impact-changes.ts'
import { impactCoverage, impactExactness } from './impact-coverage.ts'
import { rulePart } from './impact-page-rule.ts'
import { hoursPicture, shareBar } from './impact-pictures.ts'
import { impactStyle } from './impact-style.ts'
import { callsOf, peopleText } from './impact-words.ts'
import { judgedText } from './judged-text.ts'
import { headlineOf, notSimulated, ofSample, protectedOf, type ShownImpact, unaskedOf } from './render-impact.ts'

/** So many rules have a part of their own; JSON has all. */
const mostRules = 100

/** The report as one HTML file: the sentences of the terminal with pictures, and without any script. */
export async function impactPage(
  report: ImpactReport,
  shown: ShownImpact,
  draft: RuleSet | undefined,
): Promise<string> {
  const { zone } = shown.asked
  const told = report.changes.slice(0, mostRules)
  const parts: Html[] = []
  for (const [at, change] of told.entries()) parts.push(await rulePart({ change, at, report, zone, draft }))
  const left = report.changes.length - told.length
  const more = left > 0 ? html`<p class="soft">${left} more rules change calls: --json lists them</p>` : ''
  return document(
    headline(report),
    html`${firstScreen(report, shown)}
<h2>When</h2>
${hoursPicture(report, zone)}
${report.changes.length === 0 ? '' : html`<h2>By rule</h2>${barsOf(report)}${parts}${more}`}
${lines(shadowOf(report, plain), 'p')}
<footer>${lines([...coverageLines(shown.covered, shown.asked), notSimulated])}
<p>hookwarden ${report.app}, draft ${report.compared.draft}</p></footer>`,
  )
}

const plain = createColors(false)

const looks = { 'refuses more': 'bad', 'cannot say': 'doubt', changes: 'doubt', 'nothing changes': 'good' } as const

function headline(report: ImpactReport): string {
  return headlineOf(report, plain)[0] ?? ''
}

/** Is it safe to ship? In the same sentences and order as in a terminal. */
function firstScreen(report: ImpactReport, shown: ShownImpact): Html {
  const { zone } = shown.asked
  const at = (time: string) => minuteText(Date.parse(time), zone)
  const judged = report.judged === undefined ? [] : [judgedText(report.judged)]
  return html`<p class="soft">Whom would this change hit? ${at(report.since)} – ${at(report.until)} (${zone.name})</p>
${lines(impactExactness(report, plain), 'doubt')}
<h1 class="${looks[report.verdict]}">${headline(report)}</h1>
${lines(headlineOf(report, plain).slice(1))}
${lines(judged, 'judged')}
${lines(protectedOf(report, plain), 'alarm')}
${lines(ofSample(report))}
${lines(unaskedOf(report, plain), 'doubt')}
${lines(impactCoverage(report, shown.named, zone))}`
}

function lines(texts: readonly string[], look = ''): readonly Html[] {
  return texts.map(text => html`<p class="${look}">${text}</p>\n`)
}

/** How many calls each rule changes: bars of one scale, with what becomes of the calls as headings. */
function barsOf(report: ImpactReport): readonly Html[] {
  const most = Math.max(...report.changes.map(({ calls }) => calls))
  return differenceKinds.flatMap(kind => {
    const rules = report.changes
      .map((change, at) => ({ change, at }))
      .filter(({ change, at }) => change.kind === kind && at < mostRules)
    if (rules.length === 0) return []
    return [html`<h3>${impactTitles[kind]}</h3>`, ...rules.map(({ change, at }) => ruleBar(change, at, most))]
  })
}

function ruleBar({ rule, calls, people }: RuleImpact, at: number, most: number): Html {
  return html`<div class="bar"><div class="bar-title"><a href="#rule-${at}">${rule}</a><span>${callsOf(calls)}, ${peopleText(people, 'person', 'people')}</span></div>${shareBar(calls, most)}</div>
`
}

/** Nothing may be loaded or run, whatever a text that came from outside should bring about. */
function document(title: string, body: Html): string {
  const hash = createHash('sha256').update(impactStyle).digest('base64')
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${{ html: impactStyle }}</style>
</head>
<body>
${body}
</body>
</html>
`
  return page.html
}
