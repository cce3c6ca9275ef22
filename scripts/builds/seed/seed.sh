#!/bin/sh
# Makes what the test images are built from and fetch from, inside a fresh Debian: a signed package repository, files to
# download, a Python and an npm package, a git repository, and the certificates of the server that serves them. Runs
# once, with the network; nothing that is built afterwards reaches further than the loopback device.
set -eu
export DEBIAN_FRONTEND=noninteractive HOME=/root
architecture=$(dpkg --print-architecture)
suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
www=/seed/www
mkdir -p /seed/archives/partial "$www/debian/pool" "$www/unsigned/pool" /seed/etc/apt/sources.list.d /seed/etc/apt/keyrings /seed/etc/apt/apt.conf.d

echo "fetching packages"
apt-get update -qq
# shellcheck disable=SC2086
apt-get install -y -qq --download-only --no-install-recommends -o Dir::Cache::archives=/seed/archives/ $PACKAGES
mv /seed/archives/*.deb "$www/debian/pool/"
apt-get install -y -qq --no-install-recommends \
  apt-utils buildah ca-certificates docker-registry git gnupg netavark openssl zip

echo "making the package repository"
release() (
  cd "$1"
  index="dists/$suite/main/binary-$architecture"
  mkdir -p "$index"
  apt-ftparchive packages pool > "$index/Packages"
  apt-ftparchive -o APT::FTPArchive::Release::Suite="$suite" -o APT::FTPArchive::Release::Codename="$suite" \
    -o APT::FTPArchive::Release::Components=main -o APT::FTPArchive::Release::Architectures="$architecture" \
    release "dists/$suite" > /seed/Release
  mv /seed/Release "dists/$suite/Release"
)
gpg --batch --quiet --passphrase '' --quick-generate-key "Test packages <packages@example.org>" rsa2048 sign never
gpg --export > /seed/etc/apt/keyrings/test-packages.gpg
release "$www/debian"
gpg --batch --quiet --clearsign --output "$www/debian/dists/$suite/InRelease" "$www/debian/dists/$suite/Release"
gpg --armor --export > "$www/debian/key.asc"
cat > /seed/etc/apt/sources.list.d/debian.sources <<END
Types: deb
URIs: http://packages.example.org/debian
Suites: $suite
Components: main
Signed-By: /etc/apt/keyrings/test-packages.gpg
END

echo "making a package that nobody signed"
mkdir -p /seed/acme-tool/DEBIAN /seed/acme-tool/usr/bin
printf '#!/bin/sh\necho acme-tool 1.0\n' > /seed/acme-tool/usr/bin/acme-tool
chmod 755 /seed/acme-tool/usr/bin/acme-tool
cat > /seed/acme-tool/DEBIAN/control <<END
Package: acme-tool
Version: 1.0
Architecture: all
Maintainer: Acme <packages@example.org>
Description: A tool for tests
END
dpkg-deb --root-owner-group --build /seed/acme-tool "$www/unsigned/pool/acme-tool_1.0_all.deb" > /dev/null
release "$www/unsigned"

echo "making files to download"
cp /seed/acme-tool/usr/bin/acme-tool "$www/acme-tool"
printf '#!/bin/sh\nset -e\nprintf "installed\\n" > /usr/local/share/acme-installed\n' > "$www/install.sh"
tar -C /seed/acme-tool/usr --owner=0 --group=0 --mtime=@1700000000 -czf "$www/acme-tool.tar.gz" bin

echo "making a Python package"
mkdir -p /seed/wheel/acme_greet-1.0.dist-info "$www/simple/acme-greet"
(
  cd /seed/wheel
  printf 'def greet():\n    return "hello"\n' > acme_greet.py
  printf 'Metadata-Version: 2.1\nName: acme-greet\nVersion: 1.0\n' > acme_greet-1.0.dist-info/METADATA
  printf 'Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n' > acme_greet-1.0.dist-info/WHEEL
  printf 'acme_greet.py,,\nacme_greet-1.0.dist-info/METADATA,,\nacme_greet-1.0.dist-info/WHEEL,,\nacme_greet-1.0.dist-info/RECORD,,\n' \
    > acme_greet-1.0.dist-info/RECORD
  zip -q -X -r "$www/simple/acme-greet/acme_greet-1.0-py3-none-any.whl" .
)
wheel=acme_greet-1.0-py3-none-any.whl
printf '<a href="%s#sha256=%s">%s</a>\n' "$wheel" \
  "$(sha256sum "$www/simple/acme-greet/$wheel" | cut -d' ' -f1)" "$wheel" > "$www/simple/acme-greet/index.html"

echo "making an npm package"
mkdir -p /seed/npm/package "$www/npm"
printf '{"name":"acme-greet","version":"1.0.0","main":"index.js"}\n' > /seed/npm/package/package.json
printf 'module.exports = () => "hello";\n' > /seed/npm/package/index.js
tar -C /seed/npm --owner=0 --group=0 --mtime=@1700000000 -czf "$www/npm/acme-greet-1.0.0.tgz" package
integrity=$(openssl dgst -sha512 -binary "$www/npm/acme-greet-1.0.0.tgz" | openssl base64 -A)
cat > "$www/npm/acme-greet" <<END
{"name":"acme-greet","dist-tags":{"latest":"1.0.0"},"versions":{"1.0.0":{"name":"acme-greet","version":"1.0.0",
"dist":{"tarball":"https://packages.example.org/npm/acme-greet-1.0.0.tgz","integrity":"sha512-$integrity"}}}}
END

echo "making a git repository"
git -c init.defaultBranch=main init -q /seed/git
printf 'all:\n\techo built > acme\n' > /seed/git/Makefile
(
  cd /seed/git
  export GIT_AUTHOR_DATE="1700000000 +0000" GIT_COMMITTER_DATE="1700000000 +0000"
  git add Makefile
  git -c user.name=Acme -c user.email=acme@example.org commit -q -m "Begin"
  git tag v1.0.0
)
git clone -q --bare /seed/git "$www/acme.git"
git -C "$www/acme.git" update-server-info

echo "making certificates"
openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -subj "/CN=Plimsoll test authority" \
  -addext keyUsage=critical,keyCertSign,cRLSign \
  -keyout /seed/authority.key -out /seed/authority.crt 2> /dev/null
openssl req -newkey rsa:2048 -nodes -subj "/CN=packages.example.org" \
  -keyout /seed/trusted.key -out /seed/trusted.csr 2> /dev/null
printf 'subjectAltName=DNS:packages.example.org,DNS:downloads.example.org,DNS:git.example.org\n' > /seed/names
openssl x509 -req -days 3650 -in /seed/trusted.csr -CA /seed/authority.crt -CAkey /seed/authority.key \
  -extfile /seed/names -out /seed/trusted.crt 2> /dev/null
openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -subj "/CN=selfsigned.example.org" \
  -addext "subjectAltName=DNS:selfsigned.example.org" \
  -keyout /seed/selfsigned.key -out /seed/selfsigned.crt 2> /dev/null
mkdir -p /seed/ca-certificates
cp /seed/authority.crt /seed/ca-certificates/test-authority.crt

echo "building BusyBox with the applets that make users, which Debian's own lacks"
sed -n 's/^deb /deb-src /p' /etc/apt/sources.list > /etc/apt/sources.list.d/sources.list
apt-get update -qq
apt-get install -y -qq --no-install-recommends bzip2 gcc libc6-dev make
mkdir -p /seed/busybox
(
  cd /seed/busybox
  apt-get source -qq --download-only busybox
  tar -xf busybox_*.orig.tar.* --strip-components=1
  make -s allnoconfig > /dev/null
  # shellcheck disable=SC2086
  for option in STATIC LFS LONG_OPTS SHOW_USAGE USE_BB_PWD_GRP USE_BB_SHADOW $APPLETS; do
    sed -i "s/^# CONFIG_$option is not set/CONFIG_$option=y/" .config
  done
  sed -i 's/^CONFIG_LAST_ID=.*/CONFIG_LAST_ID=60000/; s/^CONFIG_FIRST_SYSTEM_ID=.*/CONFIG_FIRST_SYSTEM_ID=100/;
    s/^CONFIG_LAST_SYSTEM_ID=.*/CONFIG_LAST_SYSTEM_ID=999/' .config
  yes '' | make -s oldconfig > /dev/null
  make -s -j"$(nproc)" busybox > /dev/null 2>&1
)
cp /seed/busybox/busybox /seed/busybox.static
rm -rf /seed/busybox /seed/archives
apt-get clean
