import type { Service } from "../../documents/compose/model";
import { programOf } from "./composeFix";

/** Whether a service measures the host it runs on, and therefore documents that it needs to see it. */
export function isMeasuringAgent(service: Service): boolean {
  return measuresHost(programOf(service));
}

/** Whether a service loads programs into the kernel to watch it, and therefore documents that it needs every right. */
export function readsKernel(service: Service): boolean {
  return /profiler|ebpf|falco|sysdig|tetragon/.test(programOf(service));
}

/** Whether a service looks for devices around it by broadcasts, which only the host's own network carries. */
export function findsDevices(service: Service): boolean {
  return /plex|jellyfin|emby|home-?assistant|homebridge|avahi|mdns|matter-server/.test(programOf(service));
}

/** Whether a service is there to be reached by SSH: Git servers, backups, jump hosts. */
export function servesSsh(service: Service): boolean {
  return /git|gogs|forgejo|phabricator|sftp|ssh|bastion|jump|borg|backup|rsync/.test(programOf(service));
}

/**
 * Whether a program measures the host.
 * @param program the repository of its image, in lower case
 */
export function measuresHost(program: string): boolean {
  return /node[-_]exporter|profiler|ebpf|fleet-server|cadvisor|netdata|datadog|agent|telegraf|glances|collector|beat$|beats\/|falco|newrelic|sysdig|dynatrace/.test(
    program,
  );
}
