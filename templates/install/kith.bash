# Completion of kith in bash, with or without bash-completion: `kith complete` says what may stand
# next, quoted as it is to stand there.

_kith() {
	local line word other='' width=0 shown=$((${COLUMNS:-80} - 1))
	local -a lines words abouts
	mapfile -t lines < <(kith complete --line "${COMP_LINE:0:COMP_POINT}" --piece "$2" 2> /dev/null)
	for line in "${lines[@]}"; do
		word=${line%%$'\t'*}
		case $line in
		$'\tfiles') compopt -o default ;;
		$'\tfolders') compopt -o dirnames ;;
		$'\t'*) ;;
		*)
			words+=("$word") abouts+=("${line:${#word}+1}")
			[[ ${word,,} == "${2,,}"* ]] || other=1
			((width >= ${#word})) || width=${#word}
			;;
		esac
	done
	COMPREPLY=("${words[@]}")
	[[ ${#words[@]} != 1 || $words != *[=:,] ]] || compopt -o nospace
	# What is inserted without a look at it has no description.
	[[ ${#words[@]} -gt 1 && $COMP_TYPE =~ ^(9|33|63|64)$ ]] || return 0
	for line in "${!words[@]}"; do
		printf -v word '%-*s  %s' "$width" "${words[line]}" "${abouts[line]}"
		COMPREPLY[line]=${word:0:shown}
	done
	# What several have in common is not put in the place of a word that is no beginning of it.
	[[ -z $other ]] || COMPREPLY+=(' ')
}
complete -o bashdefault -F _kith kith
