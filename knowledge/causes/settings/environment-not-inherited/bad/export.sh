#!/bin/bash
curl --silent --upload-file /data/orders.csv "$ARCHIVE_URL/orders.csv"
