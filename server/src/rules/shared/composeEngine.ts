import type { NamedValue, Service } from "../../documents/compose/model";

/** The last value of an environment variable that a service is given; undefined where there is none. */
export function variableOf(service: Service, name: string): NamedValue | undefined {
  return service.environment.filter((one) => one.name === name).at(-1);
}

/** Whether a service runs a Docker engine of its own: the tags `dind` and `dind-rootless` of Docker's image, or an image named so. */
export function isDockerInDocker(service: Service): boolean {
  const reference = service.build === undefined ? service.image?.value.reference : undefined;
  if (reference === undefined) return false;
  if (/(?:^|\/)docker$/.test(reference.path)) return /(?:^|-)dind(?:-|$)/.test(reference.tag ?? "");
  return /(?:^|[/-])(?:dind|docker-in-docker)(?:[/-]|$)/.test(reference.path);
}

/** Whether a service passes on only some calls of the engine's interface, which is what one puts in front of it. */
export function isSocketProxy(service: Service): boolean {
  return /socket-?proxy/.test(`${service.image?.value.reference?.path ?? ""} ${service.name}`);
}
