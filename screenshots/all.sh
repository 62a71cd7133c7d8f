#!/bin/sh
# Takes every picture of this folder from a real terminal, on the built-in sample: sh screenshots/all.sh [DRYDOCK]
set -eu
cd "$(dirname "$0")"
drydock=$(realpath "${1:-../.build/debug/drydock}")
empty=$(mktemp -d)
state=$(mktemp -d)
trap 'rm -rf "$empty" "$state"' EXIT

# take NAME LANGUAGE KEY...
take() {
  name=$1 language=$2
  shift 2
  python3 take.py "$name-$language.png" --size 100x30 --pause 1 --keys "$@" -- \
    env HOME="$state" XDG_STATE_HOME= sh -c "cd '$empty' && exec '$drydock' session --language $language"
}

for language in en zh; do
  take symptoms "$language" Down
  take diagnosis "$language" Enter
  take fix "$language" Enter Enter
  take tree "$language" Down Down Down Enter t
  take why "$language" Down Enter w
  take findings "$language" f Down
  take knowledge "$language" x Down Down Enter
  take layers "$language" v
done
