FROM scratch
COPY system /
COPY etc /etc/
COPY ca-certificates /usr/local/share/ca-certificates/
RUN rm -rf /etc/apt/sources.list /usr/share/doc /usr/share/man /usr/share/locale /usr/share/info /usr/share/zoneinfo \
      /var/cache/apt/archives /var/cache/apt/*.bin /var/lib/apt/lists/* /var/log/*.log /var/log/apt \
 && mkdir -p /var/cache/apt/archives/partial \
 && printf 'DPkg::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb || true"; };\nDir::Cache::pkgcache "";\nDir::Cache::srcpkgcache "";\n' \
      > /etc/apt/apt.conf.d/docker-clean
CMD ["bash"]
