#!/bin/sh
set -e
mkdir -p /var/cache/pages
exec nginx -g 'daemon off;'
