# Turns the results (contacts, bytes, command, median, least, most microseconds, peak KiB) into
# a table and the targets. The first command of a size is what the others are compared with.
BEGIN {
	FS = "\t"
	writing[1000] = 1.15
	writing[10000] = 0.75
	writing[100000] = 0.6
	waiting["kith complete", 1000] = 50
	waiting["kith complete", 10000] = 150
	# What prints a line for each of many, or looks at each word of all, may take longer.
	longer["kith list"] = longer["kith search"] = longer["kith complete tag"] = 2.5
}

function thousands(n,    s) {
	for (s = n ""; length(s) > 3 && match(s, /^[0-9]+[0-9][0-9][0-9](,|$)/);) {
		n = index(s, ",") ? index(s, ",") - 1 : length(s)
		if (n < 4)
			break
		s = substr(s, 1, n - 3) "," substr(s, n - 2)
	}
	return s
}

function target(what, figure, sign, limit, unit,    ok) {
	ok = sign == "<" ? figure < limit : figure <= limit
	targets = targets sprintf("%-46s %9.2f %-3s %2s %9.2f  %s\n", what, figure, unit, sign, limit,
		ok ? "reached" : "not reached")
}

{
	if ($1 != size) {
		size = $1
		reference = $4
		against = $3
		table = table "\n"
	}
	table = table sprintf("%9s  %-17s %9.1f %9.1f %9.1f %9.1f %7.2f\n", thousands($1), $3, $4 / 1000,
		$5 / 1000, $6 / 1000, $7 / 1024, $4 / reference)
	if ($3 == "git archive")
		archive = $4
	if ($3 !~ /^kith/)
		next
	median[$1, $3] = $4
	label = $3 ", " thousands($1) ($1 == 1 ? " contact" : " contacts")
	if ($3 == "kith log" && $1 in writing)
		target(label ": against " against, $4 / reference, "<=", writing[$1], "")
	if ($3 == "kith sync")
		target(label ": against " against, $4 / reference, "<=", 1.2, "")
	if ($3 ~ /^kith (log|sync)/)
		next
	if ($3 == "kith review html")
		target(label ": against kith review", $4 / median[$1, "kith review"], "<=", 1.5, "")
	if (sub(/ as of$/, " now", $3))
		target(label ": against now", $4 / median[$1, $3], "<=", 3, "")
	if ($3 == "kith list old")
		target(label ": against git archive", $4 / archive, "<=", 2, "")
	if (($3, $1) in waiting)
		target(label, $4 / 1000, "<=", waiting[$3, $1], "ms")
	if ($1 == 1)
		target(label ": against " against, $4 / reference, "<=", 2, "")
	if ($1 == 30)
		target(label ": against " against, $4 / reference, "<", 2, "")
	if ($1 == 10000 || $1 == 100000)
		target(label ": against " against, $4 / reference, "<=",
			$3 in longer ? longer[$3] : 2, "")
	if ($1 == 100000 && (10000, $3) in median)
		target($3 ", 10,000 to 100,000: growth", $4 / median[10000, $3], "<=", 11, "")
	# What looks back has git's packs mapped, too.
	if (label !~ / (as of|old),/)
		target(label ": memory", $7 / 1024, "<=", 3 * $2 / 1048576 + 20, "MiB")
}

END {
	printf "\n%9s  %-17s %9s %9s %9s %9s %7s\n", "contacts", "command", "median ms", "min", "max",
		"peak MiB", "ratio"
	sub(/^\n/, "", table)
	printf "%s\n%s", table, targets
}
