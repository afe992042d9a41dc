#!/bin/sh
# The git commands that a review needs, at once where none needs another's answer: the least time it can take. In the repository of make-monorepo.py.
#   review-floor.sh BASE-COMMIT HEAD-COMMIT MAIN-COMMIT
set -eu
exec > /dev/null
git rev-parse --path-format=absolute --show-toplevel --git-dir --git-common-dir --is-shallow-repository HEAD --symbolic-full-name HEAD &
git status --porcelain=v2 -z --no-renames --untracked-files=no --ignore-submodules=untracked &
git ls-tree -r -z --full-tree "$2" &
git ls-remote --quiet --heads --tags -- origin &
git for-each-ref '--format=%(objecttype) %(objectname) %(*objecttype) %(*objectname) %(refname)' refs/tags/ &
git merge-base --is-ancestor "$1" "$2" &
git diff-tree -r -z --raw --no-renames "$1" "$2" -- &
git diff-tree -r -z --numstat --no-renames "$1" "$2" -- &
git diff --unified=0 --text --no-color --no-ext-diff --find-renames '-G^(<<<<<<<|>>>>>>>|[|]{7}) ' "$1" "$2" -- &
(
  git rev-list "$2" "^$1" "^$3" --
  git diff-tree -r --name-only --no-renames "$1" "$2" -- > "${TMPDIR:-/tmp}/review-floor.$$"
  # shellcheck disable=SC2046 # the paths of the generated repository have no blanks
  git log --format=%H --name-only --no-renames --full-diff "$2..$3" -- $(cat "${TMPDIR:-/tmp}/review-floor.$$")
  rm -f "${TMPDIR:-/tmp}/review-floor.$$"
) &
wait
