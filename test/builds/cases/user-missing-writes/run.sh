#!/bin/sh
set -e
echo x > /data/state
echo written
