#!/bin/sh
# Every C file is as clang-format would write it.
. "${0%/*}/common.sh"
sources | xargs -P "$jobs" -n 8 clang-format --dry-run -Werror --style="file:$home/.clang-format" ||
	{ echo "make format puts this right"; exit 1; }
echo "$(sources | wc -l) files"
