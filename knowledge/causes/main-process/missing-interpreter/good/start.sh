#!/bin/bash
set -e
exec httpd -f -p 8080
