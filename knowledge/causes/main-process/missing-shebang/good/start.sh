#!/bin/sh
set -e
exec sleep infinity
