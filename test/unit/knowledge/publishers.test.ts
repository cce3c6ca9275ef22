import assert from "node:assert/strict";
import test from "node:test";
import { parseImageReference } from "../../../server/src/documents/imageReference";
import { matchesPattern } from "../../../server/src/knowledge/pattern";
import { isOfficialImage, isPublicRegistry, publisherKind } from "../../../server/src/knowledge/publishers";

test("who answers for an image", () => {
  const kinds: Readonly<Record<string, string>> = {
    node: "official",
    "docker.io/library/node:22": "official",
    "arm64v8/node": "official",
    "public.ecr.aws/docker/library/node": "official",
    "grafana/grafana": "verified",
    "bitnami/redis": "verified",
    "mcr.microsoft.com/dotnet/sdk:8.0": "verified",
    "gcr.io/distroless/base": "verified",
    "cgr.dev/chainguard/node": "verified",
    "registry.access.redhat.com/ubi9": "verified",
    "somebody/node": "personal",
    "ghcr.io/somebody/app": "personal",
    "gcr.io/somebody/app": "personal",
    "quay.io/somebody/app": "personal",
    "cgr.dev/somebody/app": "personal",
    "registry.example.com/library/node": "private",
    "localhost:5000/node": "private",
    "123456789012.dkr.ecr.eu-west-1.amazonaws.com/app": "private",
  };
  for (const [image, kind] of Object.entries(kinds)) {
    assert.equal(publisherKind(parseImageReference(image)!), kind, image);
  }
});

test("a name below another namespace is not official", () => {
  for (const image of ["library/team/node", "quay.io/library/node", "mcr.microsoft.com/library/node"]) {
    assert.equal(isOfficialImage(parseImageReference(image)!), false, image);
  }
});

test("public registries", () => {
  for (const domain of ["docker.io", "ghcr.io", "quay.io", "eu.gcr.io", "registry.k8s.io"]) {
    assert.equal(isPublicRegistry(domain), true, domain);
  }
  for (const domain of ["localhost:5000", "harbor.example.com", "fakegcr.io", "docker.io.example.com"]) {
    assert.equal(isPublicRegistry(domain), false, domain);
  }
});

test("stars of a pattern never share a character", () => {
  assert.equal(matchesPattern("a*a", "a"), false);
  assert.equal(matchesPattern("a*a", "aa"), true);
  assert.equal(matchesPattern("*nonroot*", "debug-nonroot"), true);
  assert.equal(matchesPattern("ubi*/ubi*", "ubi9/ubi-minimal"), true);
  assert.equal(matchesPattern("ubi*/ubi*", "ubi9/nodejs-20"), false);
  assert.equal(matchesPattern("a*b*c", "abbc"), true);
  assert.equal(matchesPattern("a*bc*c", "abc"), false);
});
