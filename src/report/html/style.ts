/** The style sheet of the HTML report: light, dark, paper. */
export const style = `
:root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --soft: #f3f5f7; --line: #c9d1d9; --dim: #57606a;
  --error: #c8102e; --warning: #9a6700; --info: #0969da; --good: #1a7f37; --sync: #6f42c1; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --paper: #0d1117; --soft: #161b22; --line: #30363d;
  --dim: #9198a1; --error: #ff7b72; --warning: #d9a514; --info: #6cb6ff; --good: #57c26a; --sync: #b18cf2; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 64rem; padding: 1rem 1.25rem 4rem; color: var(--ink); background: var(--paper);
  font: 15px/1.5 system-ui, "Segoe UI", "DejaVu Sans", sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.25rem; margin-top: 2.5rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1.05rem; }
a { color: var(--info); }
code, pre { font: 13px/1.45 ui-monospace, "DejaVu Sans Mono", Consolas, monospace; }
pre { background: var(--soft); padding: .6rem .8rem; overflow-x: auto; border-radius: 4px; overflow-wrap: normal; }
table { border-collapse: collapse; width: 100%; margin: .8rem 0; }
th, td { text-align: left; padding: .25rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
.wide { overflow-x: auto; }
.dim { color: var(--dim); }
.error { color: var(--error); } .warning { color: var(--warning); } .info { color: var(--info); }
.good, .ok { color: var(--good); } .bad { color: var(--error); }
.filter label { margin-right: 1.2rem; }
article { border-left: 4px solid var(--line); padding: .1rem 0 .1rem 1rem; margin: 1.2rem 0; }
article[data-severity=error] { border-color: var(--error); } article[data-severity=warning] { border-color: var(--warning); }
article[data-severity=info] { border-color: var(--info); }
article h3 { margin: 0; } article p { margin: .3rem 0; }
article:target { background: var(--soft); }
button { font: inherit; color: inherit; background: none; border: 0; padding: 0; text-align: left; cursor: pointer;
  text-decoration: underline dotted; }
tr[data-scenario] { cursor: pointer; } tr[data-scenario]:hover { background: var(--soft); }
tr.chosen { background: var(--soft); box-shadow: inset 4px 0 var(--info); } tr.chosen button { font-weight: 600; }
:focus-visible { outline: 2px solid var(--info); outline-offset: 2px; }
svg { width: 100%; height: auto; max-height: 60rem; }
svg text { font: 13px system-ui, "Segoe UI", "DejaVu Sans", sans-serif; fill: var(--ink); }
svg .small { font-size: 11.5px; fill: var(--dim); } svg .title { font-weight: 600; }
svg .node { fill: var(--soft); stroke: var(--ink); stroke-width: 1.5; }
svg .wire { stroke: var(--ink); stroke-width: 1.5; } svg .wire.sync { stroke: var(--sync); stroke-width: 3; }
svg .port { fill: var(--paper); stroke: var(--ink); stroke-width: 1.5; }
svg .vip rect { fill: var(--paper); stroke: var(--good); stroke-width: 1.5; }
svg .vip.trouble rect { stroke: var(--error); stroke-width: 2.5; } svg .vip.trouble text { fill: var(--error); }
svg .vip { transition: transform .25s; }
svg .off { opacity: .35; } svg .wire.cut { stroke: var(--error); stroke-dasharray: 3 6; }
svg .badge circle { stroke: none; } svg .badge text { fill: var(--paper); font-weight: 600; }
svg .badge.error circle { fill: var(--error); } svg .badge.warning circle { fill: var(--warning); }
svg .badge.info circle { fill: var(--info); }
[hidden] { display: none !important; }
@media (prefers-reduced-motion: reduce) { svg .vip { transition: none; } }
@media print { :root { --ink: #000; --paper: #fff; --soft: #f6f6f6; --dim: #444; } body { max-width: none; padding: 0; }
  .filter, .hint { display: none; } article, tr, pre, svg { break-inside: avoid; } pre { white-space: pre-wrap; } }
`;

/** What hosts and bridges add to it. */
export const wiredStyle = `svg .host rect { fill: none; stroke: var(--dim); stroke-width: 1.5; }
svg .bridge rect { fill: var(--paper); stroke: var(--ink); stroke-width: 1.5; }
svg .bridge.sync rect { stroke: var(--sync); }
svg .dead.host rect, svg .dead.bridge rect { stroke: var(--error); stroke-width: 2.5; stroke-dasharray: 3 6; }
svg .dead text { fill: var(--error); text-decoration: line-through; }
svg .apart { fill: var(--error); font-size: 20px; font-weight: 700; }
`;
