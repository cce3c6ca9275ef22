#!/bin/sh
set -e
echo x > /data/x
echo x > /srv/app/logs/x
echo written
