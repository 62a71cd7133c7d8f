#!/bin/sh
exec python worker.py
