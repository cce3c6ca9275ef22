import assert from "node:assert/strict";
import test from "node:test";
import { parseImageReference } from "../../../server/src/documents/imageReference";
import { imageFacts } from "../../../server/src/knowledge/images";
import { type ServiceImage, serviceImage, serviceImages } from "../../../server/src/knowledge/serviceImages";

function titleOf(text: string): string | undefined {
  const reference = parseImageReference(text);
  assert.ok(reference, text);
  return serviceImage(reference)?.title;
}

test("images are found by name and tag, wherever they are served from", () => {
  assert.equal(titleOf("postgres"), "PostgreSQL");
  assert.equal(titleOf("public.ecr.aws/docker/library/postgres:17-alpine"), "PostgreSQL");
  assert.equal(titleOf("arm64v8/postgres:17"), "PostgreSQL");
  assert.equal(titleOf("me/postgres:17"), undefined);
  assert.equal(titleOf("php:8.4-apache"), "PHP with a web server");
  assert.equal(titleOf("php:8.4-cli"), "PHP");
  assert.equal(titleOf("gitea/gitea:1.25-rootless"), "Gitea without root");
  assert.equal(titleOf("gitea/gitea:1.25"), "Gitea");
  assert.equal(titleOf("haproxy:2.2"), undefined);
  assert.equal(titleOf("mongo:8-windowsservercore"), undefined);
});

test("what most images write to is known, runtimes apart", () => {
  const known = serviceImages.filter((one) => one.writable ?? one.rewritesItself);
  assert.ok(known.length >= 50, `${known.length} of ${serviceImages.length}`);
});

test("at least sixty images are known", () => {
  assert.ok(serviceImages.length >= 60, `${serviceImages.length}`);
  const titles = serviceImages.map(({ title }) => title);
  assert.equal(new Set(titles).size, titles.length);
});

/** Every fact with its name. */
function factsOf(image: ServiceImage): readonly (readonly [string, { readonly source: string }])[] {
  const { user, capabilities, gainsPrivileges, writable, ports, secretFiles, credentials, openSettings } =
    image;
  const { rewritesItself } = image;
  const facts = {
    rewritesItself,
    user,
    capabilities,
    gainsPrivileges,
    writable,
    ports,
    secretFiles,
    credentials,
    openSettings,
  };
  return Object.entries(facts).flatMap(([name, fact]) => (fact === undefined ? [] : [[name, fact] as const]));
}

test("each fact names a public page", () => {
  for (const image of serviceImages)
    for (const [name, { source }] of factsOf(image))
      assert.match(source, /^https:\/\/[a-z0-9.-]+\.[a-z]{2,}\//, `${image.title} ${name}`);
});

/** The capabilities that Docker gives: https://docs.docker.com/engine/containers/run/#runtime-privilege-and-linux-capabilities */
const defaults: ReadonlySet<string> = new Set(
  "AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE NET_RAW SETFCAP SETGID SETPCAP SETUID SYS_CHROOT".split(
    " ",
  ),
);

test("facts agree with each other", () => {
  for (const image of serviceImages) {
    const { title, capabilities, fileCapabilities = [], user, writable } = image;
    assert.ok(writable === undefined || image.rewritesItself === undefined, title);
    const names = capabilities?.value ?? [];
    for (const name of names)
      assert.ok(
        defaults.has(name) || (name === "IPC_LOCK" && title === "HashiCorp Vault"),
        `${title} ${name}`,
      );
    assert.equal(new Set(names).size, names.length, title);
    if (capabilities !== undefined) {
      assert.ok(user !== undefined, `${title}: capabilities are those of a user`);
      for (const name of fileCapabilities) assert.ok(names.includes(name), title);
      if (user.value.start !== "root") assert.deepEqual(names, fileCapabilities, title);
    }
    const { volumes = [], scratch = [], kept = [], unlessMounted = [] } = writable?.value ?? {};
    for (const path of [...volumes, ...scratch, ...kept, ...unlessMounted])
      assert.match(path, /^\/[^:]+[^/:]$/, title);
  }
});

test("the users are those of the table of images", () => {
  let compared = 0;
  for (const { names, tags, user } of serviceImages) {
    if (user === undefined || tags !== undefined) continue;
    for (const name of names.filter((one) => !one.includes("*"))) {
      const facts = imageFacts(parseImageReference(name)!);
      if (facts?.defaultUser.state !== "known") continue;
      compared++;
      assert.equal(user.value.start.split(":")[0], facts.defaultUser.user.split(":")[0], name);
    }
  }
  assert.ok(compared > 30, `${compared}`);
});
