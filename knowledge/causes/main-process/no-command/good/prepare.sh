#!/bin/sh
set -e
mkdir -p /var/cache/pages
exec "$@"
