#!/bin/sh
set -e
if [ ! -d /srv ]; then
  echo "no /srv here" >&2
  exit 1
fi
exec python /srv/worker.py
