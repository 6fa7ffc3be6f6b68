#!/bin/sh
# The keeper's own habits: the year by weeks, channels, give and ask, promises, wishes.
. "$(dirname "$0")/lib.sh"

journal
run kith stats
expect "of nobody" 0 <<'END'
52 weeks  ····················································
          0 conversations with 0 people since 2025-12-01
END
contact ada.md <<'END'
---
name: Ada Lovelace
cadence: 6 months
tags: x
---
## Next
- [ ] the paper
- [x] a  (created:: 2026-10-01)  (due:: 2026-10-20)  (completion:: 2026-10-04)
- [x] b  (created:: 2026-10-01)  (due:: 2026-10-20)  (completion:: 2026-10-31)
- [x] c #gave  (completion:: 2026-11-01)
- [-] d  (completion:: 2026-11-02)
- [x] long ago  (created:: 2024-10-01)  (completion:: 2024-10-31)
- [x] #waiting hers  (completion:: 2026-11-02)

## Log
- 2026-11-20 call with [[bob]]: the grant #asked
- 2026-10-30 call
- 2026-10-09 coffee
- 2026-09-18 call
- 2026-08-28
- 2026-08-20 note: no talk
- 2025-11-30 call: the day before
- 2026-11-25 call #planned
END
contact bob.md <<'END'
---
name: Bob Stone
cadence: 1 week
---
## Log
- 2026-11-20 call with [[ada]]: the grant
END
run kith stats
expect "of all" 0 <<'END'
52 weeks  ······································█··█··█··█··█·
          5 conversations with 2 people since 2025-12-01
by        call 3, no channel 1, coffee 1
asked     1 time, gave 1 time
promises  3 kept, of them 1 after their day, half of them within 4 weeks, 1 dropped, 1 open

Wished, and usual
  Ada Lovelace: every 6 months wished, every 3 weeks usual
    kith set ada cadence=3 weeks
END
run kith set ada cadence=3 weeks
run kith stats tag:x
unlike "$out" 'Wished' "an honest wish"
run kith stats bob --json
is "$(json '$o->{talks}, $o->{people}, scalar @{$o->{weeks}}, $o->{promises}{open}, $o->{promises}{days}, scalar @{$o->{wishes}}')" \
	"1
1
52
0
-
0" "of whom a query means, as JSON"
printf -- '---\nname: Cy\ncadence: never\n---\n' | contact cy.md
printf -- '---\nname: Di\ncadence: 1 year\n---\n## Log\n- 2026-08-23 call\n' | contact di.md
run kith stats --json --today 2026-12-08
is "$(json 'map { ($_->{span}, map { "$_->{slug} $_->{past}" } @{$_->{who}}) } @{$o->{near}}')" \
	"in a month
ada 0
bob 1
in half a year
di 0
no talk yet
cy 0" "how long ago one talked, and whether that is longer than meant"
for words in 'tagg:x' 'sort:last'; do
	run kith stats "$words"
	is "$status:$out" "2:" "kith stats $words is wrong usage"
done
contact ada.md <<'END'
---
name: Ada Lovelace
---
## Next
- [x] at once  (created:: 2026-11-20)  (completion:: 2026-11-20)
END
rm people/bob.md
run kith stats
like "$out" '^promises  1 kept, within a day, 0 open$' "one that was kept at once"
run kith stats --html
like "$out" 'The one kept took a day at most' "on the page, too"
done_testing
