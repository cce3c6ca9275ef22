FROM debian:trixie
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates curl git gnupg sudo wget \
 && rm -rf /var/lib/apt/lists/*
