#!/bin/sh
exec /usr/local/bin/report "$@"
