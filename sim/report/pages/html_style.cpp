// The style of reports: one column on a phone, A4 when printed, nothing told by colour alone. A test holds the hash against the
// text.
#include "coalis/report/pages/html.hpp"

namespace coalis::html {

// clang-format off
std::string_view style_sheet() {
  return R"css(
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 64rem; padding: 1rem; background: #fff; color: #1a1a1a; font: 1rem/1.5 "Liberation Sans", Arial, Helvetica, sans-serif; overflow-wrap: break-word; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .25rem; text-wrap: balance; }
h2 { font-size: 1.3rem; line-height: 1.3; margin: 2rem 0 .5rem; padding-top: .5rem; border-top: 2px solid #1a1a1a; }
h3 { font-size: 1.1rem; line-height: 1.3; margin: 1.5rem 0 .25rem; }
p { margin: .4rem 0; max-width: 46rem; }
ul, ol, dl { margin: .4rem 0; padding-left: 1.25rem; max-width: 46rem; }
dl { padding-left: 0; }
dt { font-weight: bold; margin-top: .5rem; }
dd { margin: 0 0 0 1.25rem; }
a { color: #005a8e; }
a:focus-visible, summary:focus-visible, .scroll:focus-visible { outline: 3px solid #9c4300; outline-offset: 2px; }
header p, footer p { color: #555; font-size: .9rem; }
.skip, .heard { position: absolute; left: -100rem; }
.skip:focus { position: static; }
nav { margin: 2rem 0; }
nav ol { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; padding: .25rem 0; list-style: none; max-width: none; }
nav a { display: inline-block; min-height: 24px; }
.opening { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 27rem); grid-template-rows: auto 1fr; gap: .5rem 2rem; align-items: start; margin: .75rem 0; }
.opening > figure { grid-column: 2; grid-row: 1 / span 2; }
.beside { grid-column: 1; }
.said { border-left: .5rem solid #1a1a1a; padding: 0 0 0 1rem; }
.answer { font-size: 1.3rem; line-height: 1.35; font-weight: bold; margin: 0 0 .5rem; }
details { max-width: 64rem; }
summary { cursor: pointer; min-height: 24px; }
summary { padding: .6rem 0; }
summary h2, summary h3 { display: inline; margin: 0; padding: 0; border: 0; }
blockquote { margin: .25rem 0; }
section:has(> details) { border-top: 1px solid #767676; }
.scroll { overflow-x: auto; margin: .75rem 0; }
table { border-collapse: collapse; font-size: .875rem; line-height: 1.35; }
caption { position: sticky; left: 0; max-width: calc(100vw - 2rem); text-align: left; font-weight: bold; padding: .25rem 0; }
th, td { border-bottom: 1px solid #767676; padding: .25rem .75rem .25rem 0; text-align: left; vertical-align: top; }
thead th { border-bottom: 2px solid #1a1a1a; }
tbody th { font-weight: normal; }
.figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 26rem), 1fr)); gap: 1rem; margin: .75rem 0; }
figure { margin: 0; }
figure svg { display: block; width: 100%; max-width: 40rem; height: auto; }
code { font-family: "Liberation Mono", monospace; font-size: .85rem; overflow-wrap: anywhere; }
@media screen and (max-width: 48rem) {
  body { padding: .75rem 1rem; }
  h1 { font-size: 1.2rem; }
  .opening { grid-template-columns: minmax(0, 1fr); margin: .5rem 0; }
  .opening > figure { grid-column: 1; grid-row: auto; }
  .said { border-left-width: .35rem; padding-left: .75rem; font-size: .9rem; line-height: 1.4; }
  .answer { font-size: 1.1rem; line-height: 1.3; margin-bottom: .25rem; }
  .said p { margin: .2rem 0; }
  td { min-width: 6.5rem; }
}
@page { size: A4; margin: 14mm 15mm; }
@media print {
  body { max-width: none; padding: 0; font-size: 9.5pt; line-height: 1.35; }
  h1 { font-size: 15pt; }
  h2 { font-size: 12.5pt; margin-top: 6mm; break-after: avoid; }
  h3 { font-size: 10.5pt; margin-top: 2.5mm; break-after: avoid; }
  p, ul, ol, dl { max-width: none; orphans: 3; widows: 3; }
  nav, .skip, section.decider details { display: none; }
  .opening { grid-template-columns: 1fr 1fr; }
  .answer { font-size: 12pt; }
  details::details-content { content-visibility: visible; block-size: auto; }
  summary { list-style: none; padding: 0; break-after: avoid; }
  summary h2 { display: block; margin-top: 6mm; padding-top: .5rem; border-top: 2px solid #1a1a1a; }
  .scroll { overflow: visible; }
  table { font-size: 8pt; line-height: 1.25; }
  caption { max-width: none; break-after: avoid; }
  tbody tr:first-child { break-before: avoid; }
  th, td { padding: .5mm 2.5mm .5mm 0; }
  tr, figure, .opening { break-inside: avoid; }
  .figures { grid-template-columns: 1fr 1fr; }
  figure svg { max-height: 225mm; }
  .decider .figures svg { max-height: 105mm; }
  section:has(> details) { border-top: 0; }
  code { font-size: 8pt; }
}
)css";
}
// clang-format on

std::string_view style_hash() { return "0NYMSFdtkIQbBhDiMrE8dRG+/Q1qmQi6CngslZdwzqA="; }

}  // namespace coalis::html
