#!/bin/sh
# The git commands that a dry run needs, all at once: the least time it can take. In the repository of make-monorepo.py.
#   git-floor.sh BASE-COMMIT HEAD-COMMIT
set -eu
exec > /dev/null
git rev-parse --path-format=absolute --show-toplevel --git-dir --git-common-dir --is-shallow-repository HEAD --symbolic-full-name HEAD &
git status --porcelain=v2 -z --no-renames --untracked-files=no --ignore-submodules=untracked &
git diff-tree -r -z --name-only --no-renames --ignore-submodules=none 4b825dc642cb6eb9a060e54bf8d69288fbee4904 "$2" -- ':(top,glob)src/**/Dockerfile' &
git ls-remote --quiet --heads --tags -- origin &
git for-each-ref '--format=%(objecttype) %(objectname) %(*objecttype) %(*objectname) %(refname)' refs/tags/ &
git merge-base --is-ancestor "$1" "$2" &
git diff --unified=0 --inter-hunk-context=0 --text --no-color --no-ext-diff --no-textconv --find-renames --ignore-submodules=all \
  --src-prefix=a/ --dst-prefix=b/ '-G^(<<<<<<<|>>>>>>>|[|]{7}) ' "$1" "$2" -- &
wait
