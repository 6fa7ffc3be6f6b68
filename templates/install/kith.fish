# Completion of kith in fish: `kith complete` says what may stand next.

function __kith_words
	set -l before (commandline -opc)
	set -e before[1]
	set -l typed (commandline -ct | string collect)
	set -l option (string match -r -- '^--[a-z-]+=' $typed)
	for line in (kith complete --as-typed -- $before (string unescape -- $typed; or string trim -l -c '\'"' -- $typed) 2>/dev/null)
		switch $line
			case \tfiles
				printf '%s\n' "$option"(__fish_complete_path (string replace -- "$option" '' $typed))
			case \tfolders
				printf '%s\n' "$option"(__fish_complete_directories (string replace -- "$option" '' $typed))
			case \t'*'
			case '*'
				printf '%s\n' $line
		end
	end
end
complete -c kith -f -a '(__kith_words)'
