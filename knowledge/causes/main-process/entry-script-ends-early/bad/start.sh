#!/bin/sh
set -e
mkdir -p /srv/queue
exit 0
exec python /srv/worker.py
