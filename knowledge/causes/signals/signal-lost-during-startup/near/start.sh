#!/bin/sh
# Waits as long, but ends when it is told to.
trap 'exit 143' TERM
until python -c 'import socket; socket.create_connection(("rows", 5432), 1)'; do
  sleep 2
done
exec python app.py
