#!/bin/sh
# Makes the folder DIR a journal whose people mean harm to a page: names of HTML, links that run,
# pictures that are loaded, control characters, marks that turn text around, words without end.
#     journal.sh DIR
set -eu
mkdir -p "$1/people"
cd "$1"
printf 'version: 1\nsince: 2026-01-05\n' > kith.yaml
cat > people/evil.md <<'END'
---
name: "Eve <script>alert(1)</script>"
cadence: 1 week
org: ["\"><img src=x onerror=alert(1)>", "&lt;b&gt;"]
location: "\u202Eevil\u001b[31m\u0000"
email: ["javascript:alert(1)", "\"onclick=\"x"]
url: ["javascript:alert(1)", "https://ok.example/?a=1&b=\"2"]
interests: ["[x](javascript:alert(2))", "![y](http://track.example/p.png)"]
"<b>key</b>": "<b>value</b>"
---
Words, <b>bold</b> and ![a picture](http://track.example/a.png), [bad](javascript:alert(3)),
[worse](data:text/html,x), [file](/etc/passwd), [good](https://ok.example/).

<script>alert(4)</script>

<!-- a comment -->

## A heading, and what may stand below it
> a quotation with `code`

    code that goes on and on and on and on and on and on and on and on and on and on and on and on

1. first
2. second

| a table | of rows |
| --- | --- |
| one | <u>two</u> |

## Next
- [ ] <img src=x onerror=alert(5)> [z](javascript:alert(6))  (due:: 2026-11-24)

## Log
- 2026-09-01 call: <iframe src=x></iframe> ![q](http://track.example/q.png) [[nobody|<i>]]
END
wide=$(printf '界%.0s' $(seq 300)) long=$(printf 'x%.0s' $(seq 300))
printf -- '---\nname: Wide %s\ninterests: [%s]\nbirthday: 1990-11-25\n---\n\033[31m red \302\205 \342\200\256 back\n\n%s\n\n## Log\n- 2026-09-01 call: %s\n' \
	"$wide" "$long" "$long" "$long" > people/wide.md
printf -- '---\nname: %s\ncadence: 2 weeks\nbirthday: 1990-11-26\n---\n## Next\n- [ ] %s (due:: 2026-11-24)\n\n## Log\n- 2026-10-20 %s: %s\n' \
	"$long" "$long" call "$long" > people/long.md
printf -- '---\nname: Nul\n---\nNUL \000.\n' > people/nul.md
