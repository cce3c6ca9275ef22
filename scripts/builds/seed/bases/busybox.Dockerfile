FROM scratch
COPY busybox /bin/busybox
RUN ["/bin/busybox", "mkdir", "-p", "/etc", "/home", "/root", "/sbin", "/tmp", "/usr/bin", "/usr/sbin", "/var"]
RUN ["/bin/busybox", "--install", "-s"]
RUN printf 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n' > /etc/passwd \
 && printf 'root:x:0:\nnobody:x:65534:\n' > /etc/group \
 && printf 'root:*:19000:0:99999:7:::\n' > /etc/shadow \
 && chmod 600 /etc/shadow && chmod 1777 /tmp
CMD ["sh"]
