import type { Service } from "../../documents/compose/model";
import { programOf } from "./composeFix";

/** Whether a service measures the host it runs on, and therefore documents that it needs to see it. */
export function isMeasuringAgent(service: Service): boolean {
  return measuresHost(programOf(service));
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
