#!/bin/sh
exec jq .name
