#!/usr/bin/env bash
# make-builds.sh FOLDER N: a product of N tiny images that RUN something, on a base of busybox, with its live release; the base is in its image layout.
#   FOLDER/product   the repository, with everything pushed to FOLDER/origin.git
#   FOLDER/base.tar  the base image, an OCI archive, as localhost/bench/base:1
# Needs busybox (static), skopeo and the program in artifacts/.
set -euo pipefail
folder=$1 count=$2 release=1.0.202501010000
graft=$(dirname "${BASH_SOURCE[0]}")/../artifacts/graft/graft
graft=$(realpath "$graft")
rm -rf "$folder"
mkdir -p "$folder/product/src/base/bin"
cd "$folder/product"
cp "$(command -v busybox)" src/base/bin/busybox
ln -s busybox src/base/bin/sh
printf 'FROM scratch\nCOPY bin /bin/\nENV PATH=/bin\n' > src/base/Dockerfile
for number in $(seq 0 $((count - 1))); do
  mkdir -p "src/i$number"
  head -c 65536 /dev/urandom > "src/i$number/blob"
  printf 'FROM bench/base\nCOPY blob /app/blob\nRUN echo %s > /app/id\nLABEL v=1\n' "$number" > "src/i$number/Dockerfile"
done
printf 'schema: 1\nproduct: bench\nimages:\n  - { dockerfiles: src/*/Dockerfile, name: "bench/{name}" }\n' > graft.yaml
printf '/releases/\n' > .gitignore
git init -q -b main
git config user.name bench && git config user.email bench@example.org
git add -A && git commit -qm 'The product'
git tag "v$release"
git init -q --bare ../origin.git
git remote add origin ../origin.git
git push -q origin main "v$release"
mkdir releases
{
  printf 'name: %s\ncommit: %s\nreleased_at: 2025-01-01T00:00:00+00:00\nimages:\n  bench/base: %s-0\n' "$release" "$(git rev-parse HEAD)" "$release"
  for number in $(seq 0 $((count - 1))); do printf '  bench/i%s: %s-0\n' "$number" "$release"; done
} > "releases/$release.yaml"
git checkout -qb hotfix
git commit -q --allow-empty -m 'Build once more' && git push -q origin hotfix
# The release's own base: a hotfix builds it without a builder, for it runs nothing.
"$graft" hotfix generate --release "$release" --build bench/base --name 1.0.202501010001 --allow built-not-affected --offline --quiet
tag=1.0.202501010001-$(git rev-parse --short=8 HEAD)
skopeo copy --quiet "oci:.graft/images:bench/base:$tag" oci-archive:../base.tar:localhost/bench/base:1
