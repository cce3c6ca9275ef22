#!/bin/sh
echo "as $(id -u)"
