#!/usr/bin/env bash
# build-floor.sh BUILDER FOLDER N: the same builds as `graft hotfix generate` makes of FOLDER/product, two at once, each left on disk as an archive.
set -euo pipefail
builder=$1 folder=$2 count=$3
out=$(mktemp -d "$folder/out.XXXXXX")
trap 'rm -rf "$out"' EXIT
build() {
  local context=$folder/product/src/i$1 image=localhost/bench/i$1:floor
  sed 's,^FROM bench/base,FROM localhost/bench/base:1,' "$context/Dockerfile" > "$out/Dockerfile.$1"
  case $builder in
    buildah)
      buildah build --quiet --network=none --layers=false --pull=never --format docker --file "$out/Dockerfile.$1" --tag "$image" "$context"
      buildah push --quiet "$image" "docker-archive:$out/$1.tar:$image"
      ;;
    docker)
      DOCKER_BUILDKIT=1 docker build --quiet --network=none --no-cache --file "$out/Dockerfile.$1" --tag "$image" "$context"
      docker save --output "$out/$1.tar" "$image"
      ;;
  esac
}
export -f build
export builder folder out
seq 0 $((count - 1)) | xargs -P 2 -I{} bash -c 'set -e; build {}' > "$out/log"
