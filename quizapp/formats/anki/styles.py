"""How our cards look in Anki: one style for all note types, light and dark, on a phone and on a desk.

No script, no font and nothing else from the network. Anki and AnkiMobile put the class `nightMode` on a dark card's
body, AnkiDroid also `night_mode`. What has to stay apart without colour (right choices, typed letters) has a sign too.
"""

_COLOURS = """\
.card {
  --paper: #fbfaf7;
  --raised: #ffffff;
  --sunk: #f1f0ec;
  --ink: #20252c;
  --muted: #5d6670;
  --line: #dcdad3;
  --accent: #2b5ca8;
  --accent-soft: #e7eefa;
  --right: #1a6e43;
  --right-soft: #e5f4eb;
  --wrong: #9c231b;
  --wrong-soft: #fbe6e3;
}
.card.nightMode, .card.night_mode, .nightMode .card, .night_mode .card {
  --paper: #1c1f23;
  --raised: #24282d;
  --sunk: #2a2f35;
  --ink: #e4e6e8;
  --muted: #a2abb5;
  --line: #3b4148;
  --accent: #8db7f5;
  --accent-soft: #263652;
  --right: #7ed3a2;
  --right-soft: #1e3a2b;
  --wrong: #f2a49c;
  --wrong-soft: #47231f;
}
"""

_PAGE = """\
.card, .card.nightMode, .card.night_mode {
  background-color: var(--paper);
  color: var(--ink);
}
.card {
  margin: 0;
  font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif;
  font-size: 20px;
  line-height: 1.55;
  text-align: start;
  -webkit-text-size-adjust: 100%;
}
.sheet {
  max-width: 38em;
  margin: 0 auto;
  padding: 2em 1.4em 1.6em;
  overflow-wrap: break-word;
  word-wrap: break-word;
}
.deck {
  margin-bottom: 1.1em;
  color: var(--muted);
  font-size: 0.7em;
  letter-spacing: 0.04em;
}
.question {
  font-size: 1.3em;
  font-weight: 600;
  line-height: 1.4;
}
.text { font-size: 1.15em; line-height: 1.6; }
.sheet hr {
  height: 0;
  margin: 1.5em 0;
  border: 0;
  border-top: 1px solid var(--line);
  background: none;
}
.extra {
  margin-top: 1.6em;
  padding: 0.1em 0 0.1em 1em;
  border-inline-start: 3px solid var(--line);
  color: var(--muted);
  font-size: 0.88em;
}
.foot {
  display: flex;
  flex-wrap: wrap;
  align-items: baseline;
  justify-content: space-between;
  margin-top: 2.4em;
  color: var(--muted);
  font-size: 0.68em;
}
.foot > div { margin: 0.2em 0; min-width: 0; overflow-wrap: anywhere; }
.tags { margin-inline-start: auto; }
.hint { margin-top: 1.4em; font-size: 0.88em; }
.hint > summary {
  display: inline-block;
  padding: 0.3em 1em;
  border: 1px solid var(--line);
  border-radius: 1.2em;
  background-color: var(--raised);
  color: var(--accent);
  cursor: pointer;
}
.hint > div { margin-top: 0.8em; color: var(--muted); }
.label { margin: 1.2em 0 0.3em; color: var(--muted); font-size: 0.75em; }
.sheet a { color: var(--accent); text-underline-offset: 0.15em; }
.sheet a:focus, .sheet summary:focus, #typeans:focus { outline: 2px solid var(--accent); outline-offset: 3px; }
.sheet a:focus:not(:focus-visible), .sheet summary:focus:not(:focus-visible) { outline: none; }
"""

_TEXT = """\
.sheet p, .sheet ul, .sheet ol, .sheet dl, .sheet pre, .sheet table, .sheet blockquote { margin: 0 0 0.75em; }
.sheet h1, .sheet h2, .sheet h3, .sheet h4, .sheet h5, .sheet h6 {
  margin: 1em 0 0.4em;
  font-size: 1.08em;
  line-height: 1.35;
}
.sheet div > :first-child, .sheet li > :first-child { margin-top: 0; }
.sheet div > :last-child, .sheet li > :last-child { margin-bottom: 0; }
.sheet ul, .sheet ol { padding-inline-start: 1.5em; }
.sheet li { margin: 0.25em 0; }
.sheet blockquote { padding-inline-start: 1em; border-inline-start: 3px solid var(--line); color: var(--muted); }
.sheet img { display: block; max-width: 100%; height: auto; max-height: none; margin: 0.8em 0; border-radius: 6px; }
.sheet code, .sheet pre, #typeans {
  font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "Roboto Mono", "DejaVu Sans Mono", monospace !important;
}
.sheet code {
  padding: 0.1em 0.3em;
  border-radius: 4px;
  background-color: var(--sunk);
  font-size: 0.88em;
  font-weight: 400;
  -webkit-box-decoration-break: clone;
  box-decoration-break: clone;
}
.sheet pre {
  max-width: 100%;
  padding: 0.8em 1em;
  overflow-x: auto;
  border-radius: 8px;
  background-color: var(--sunk);
  font-size: 0.78em;
  font-weight: 400;
  line-height: 1.5;
  text-align: left;
  white-space: pre;
}
.question pre { font-size: 0.62em; }
.sheet pre code { padding: 0; background: none; font-size: 1em; }
.sheet table {
  display: block;
  max-width: 100%;
  overflow-x: auto;
  border-collapse: collapse;
  font-size: 0.9em;
  font-weight: 400;
  line-height: 1.4;
}
.sheet th, .sheet td {
  padding: 0.4em 0.8em;
  border-bottom: 1px solid var(--line);
  text-align: start;
  vertical-align: top;
}
.sheet td code { white-space: nowrap; }
.sheet th { border-bottom-width: 2px; font-weight: 600; }
.sheet mjx-container { max-width: 100%; font-weight: 400; }
.sheet mjx-container[display="true"] { padding: 0.2em 0; overflow-x: auto; overflow-y: hidden; }
"""

_KINDS = """\
.cloze { color: var(--accent); font-weight: 600; }
.front .text .cloze { padding: 0.05em 0.3em; border-radius: 4px; background-color: var(--accent-soft); }
.sheet .answer > .choices:first-child { margin: 1.4em 0 0; padding: 0; list-style: none; counter-reset: choice; }
.sheet .choices > li {
  position: relative;
  margin: 0.6em 0;
  padding: 0.65em 1em;
  padding-inline-start: 3em;
  border: 1px solid var(--line);
  border-radius: 10px;
  background-color: var(--raised);
  counter-increment: choice;
}
.choices > li::before, .steps > *::before {
  position: absolute;
  top: 0.95em;
  inset-inline-start: 0.9em;
  width: 1.9em;
  border: 1px solid var(--line);
  border-radius: 1em;
  color: var(--muted);
  content: counter(choice, upper-alpha);
  font-size: 0.75em;
  font-weight: 600;
  line-height: 1.8;
  text-align: center;
}
.choices.several > li::before { border-radius: 0.35em; }
.back .choices > li { color: var(--muted); }
.sheet.back .choices > .right {
  border-color: var(--right);
  background-color: var(--right-soft);
  box-shadow: 0 0 0 1px var(--right);
  color: var(--ink);
}
.back .choices > .right::before {
  border-color: var(--right);
  background-color: var(--right);
  color: var(--paper);
  content: "\\2713";
}
.steps { margin-top: 1.4em; counter-reset: step; }
.steps > * {
  display: block;
  position: relative;
  margin: 0.7em 0;
  padding-inline-start: 2.4em;
  counter-increment: step;
}
.steps > *::before { top: 0.2em; inset-inline-start: 0; content: counter(step); }
.steps > .cloze { color: inherit; font-weight: inherit; }
.front .steps > .cloze { color: var(--accent); }
.steps > .cloze::before { border-color: var(--accent); background-color: var(--accent); color: var(--paper); }
.steps > .cloze ~ * { display: none; }
#typeans {
  width: 100%;
  box-sizing: border-box;
  padding: 0.5em 0.7em;
  border: 1px solid var(--line);
  border-radius: 8px;
  background-color: var(--raised);
  color: var(--ink);
  font-size: 1em !important;
}
code#typeans { display: block; border: 0; background-color: var(--sunk); overflow-wrap: anywhere; }
.typed { margin-top: 1.4em; }
.typeGood, .typeBad, .typeMissed { border-radius: 3px; }
.typeGood { background-color: var(--right-soft); color: var(--right); }
.typeBad { background-color: var(--wrong-soft); color: var(--wrong); text-decoration: line-through; }
.typeMissed { background-color: var(--accent-soft); color: var(--accent); text-decoration: underline; }
"""

_SMALL = """\
@media (max-width: 30em) {
  .card { font-size: 18px; }
  .sheet { padding: 1.2em 1em; }
  .question { font-size: 1.2em; }
  .text { font-size: 1.08em; }
  .sheet .choices > li { padding-inline-start: 2.7em; padding-inline-end: 0.7em; }
  .choices > li::before { inset-inline-start: 0.7em; }
}
"""

STYLES = _COLOURS + _PAGE + _TEXT + _KINDS + _SMALL
