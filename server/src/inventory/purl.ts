import type { ImageReference } from "../documents/imageReference";

/**
 * The package URL of an image, of type `docker`: Docker Hub's own images have no namespace, other registries are named
 * by `repository_url` (https://github.com/package-url/purl-spec).
 */
export function imagePurl({ domain, path, familiar, tag, digest }: ImageReference): string {
  const onHub = domain === "docker.io";
  const name = (onHub ? familiar : path).split("/").map(encodeURIComponent).join("/");
  const version = digest ?? tag;
  const qualifiers = [
    ...(onHub ? [] : [`repository_url=${encodeURIComponent(domain)}`]),
    ...(digest !== undefined && tag !== undefined ? [`tag=${encodeURIComponent(tag)}`] : []),
  ];
  return [
    `pkg:docker/${name}`,
    version === undefined ? "" : `@${encodeURIComponent(version)}`,
    qualifiers.length === 0 ? "" : `?${qualifiers.join("&")}`,
  ].join("");
}
