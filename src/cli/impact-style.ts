/** The look of the report as a page: light and dark by the system, light on paper, one column that fits a phone. */
export const impactStyle = `
:root { color-scheme: light; --text: #1b1f24; --soft: #59636e; --page: #fff; --line: #d1d9e0; --card: #f6f8fa;
  --before: #8c959f; --after: #c93c00; --good: #116329; --bad: #a40e26; --doubt: #7d4e00; --mark: #ffd8b5 }
@media (prefers-color-scheme: dark) { @media not print { :root { color-scheme: dark; --text: #e6edf3; --soft: #9198a1;
  --page: #0d1117; --line: #3d444d; --card: #151b23; --before: #7d8590; --after: #ff8b4a; --good: #57d364;
  --bad: #ff8182; --doubt: #e3b341; --mark: #7a3d0e } } }
* { box-sizing: border-box }
body { margin: 0 auto; padding: 1.5rem 1rem 3rem; max-width: 60rem; background: var(--page); color: var(--text);
  font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere }
h1 { font-size: 1.6rem; line-height: 1.25; margin: .5rem 0 1rem; padding-left: .75rem; border-left: .35rem solid }
h1.good { color: var(--good) } h1.bad { color: var(--bad) } h1.doubt { color: var(--doubt) }
h2 { font-size: 1.2rem; margin: 2.25rem 0 .5rem } h3 { font-size: 1rem; margin: 1.5rem 0 .25rem }
p { margin: .35rem 0 } .soft, figcaption, footer { color: var(--soft); font-size: .875rem }
.alarm { color: var(--bad); font-weight: 600 } .doubt { color: var(--doubt) } .judged { font-weight: 600 }
figure { margin: .75rem 0; break-inside: avoid } svg { display: block; width: 100% }
.panel svg { height: 4.5rem; border-bottom: 1px solid var(--line) } .small svg { height: 2.25rem }
.ends { display: flex; justify-content: space-between; gap: 1rem; color: var(--soft); font-size: .8125rem }
.panel-title { display: flex; justify-content: space-between; gap: 1rem; font-size: .875rem; margin-top: .5rem }
.before { fill: var(--before) } .after { fill: var(--after) } .all { fill: var(--soft) }
.bar { margin: .5rem 0; break-inside: avoid } .bar svg { height: .75rem; background: var(--card) }
.bar-title { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1rem }
ul { list-style: none; margin: .5rem 0; padding: 0 }
li { border: 1px solid var(--line); border-radius: .4rem; background: var(--card); padding: .5rem .75rem;
  margin: .4rem 0; break-inside: avoid }
q { unicode-bidi: isolate } bdi { font-weight: 600 }
mark { background: var(--mark); color: inherit; font-weight: 600; padding: 0 .1em; border-radius: .15em }
a { color: inherit }
@media print { body { max-width: none; padding: 0; font-size: 11pt } svg, mark { print-color-adjust: exact } }
`
