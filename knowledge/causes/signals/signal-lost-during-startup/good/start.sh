#!/bin/sh
trap 'exit 143' TERM INT
set -e
until python -c 'import socket; socket.create_connection(("rows", 5432), 1)'; do
  echo "rows is not there yet"
  sleep 2
done
exec python app.py
