#!/bin/bash
echo "0 3 * * * /usr/local/bin/export.sh" | crontab -
exec crond -f
