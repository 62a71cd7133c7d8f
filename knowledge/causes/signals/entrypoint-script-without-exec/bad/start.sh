#!/bin/sh
set -e
echo starting
/hello
