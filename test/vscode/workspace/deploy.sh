#!/bin/sh
docker run -d --privileged app:1
