#!/bin/sh
# Which images a change can alter, by git and awk alone and for the repository of make-monorepo.py only: the least that an answer takes.
#   affected-floor.sh BASE HEAD
set -eu
git diff --name-only --no-renames "$1" "$2" | awk -F/ '$1 == "src" || $1 == "shared" { print $1 "/" $2 ($1 == "src" ? "/" $3 : "") }' | sort -u > "${TMPDIR:-/tmp}/floor.$$"
trap 'rm -f "${TMPDIR:-/tmp}/floor.$$"' EXIT
{
  grep '^src/' "${TMPDIR:-/tmp}/floor.$$" || true
  grep '^shared/' "${TMPDIR:-/tmp}/floor.$$" | while read -r folder; do
    git grep -l "^COPY $folder/" "$2" -- 'src/*/*/Dockerfile' | sed 's/^[^:]*://; s,/Dockerfile$,,'
  done
} | sort -u
