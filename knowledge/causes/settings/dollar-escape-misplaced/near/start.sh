#!/bin/sh
echo "$$" > /tmp/stock.pid
LOG="/tmp/stock.$$.log"
exec java -Dserver.port="${PORT:-8080}" -jar stock.jar > "$LOG"
