const engineSocket =
  /(?:^|[/\\])(?:docker(?:\.raw)?|containerd|crio|podman|docker-cli|balena(?:-engine)?)\.sock$|[/\\]pipe[/\\]docker_engine$/i;

/** Whether a path of the host is that of an engine's socket, or its named pipe. */
export function isEngineSocketPath(path: string): boolean {
  return engineSocket.test(path);
}

/** Images by the last part of their name. */
const madeForEngine =
  /(?:^|[/-])(?:traefik|standalone-docker|otel-collector|1dev\/server|portainer(?:-ce|-ee|-agent)?|agent|cadvisor|watchtower|diun|dozzle|ouroboros|autoheal|ofelia|dind|docker|nginx-proxy(?:-manager)?|docker-gen|acme-companion|letsencrypt-nginx-proxy-companion|swarmpit|yacht|homepage|glances|netdata|telegraf|datadog|metricbeat|filebeat|promtail|alloy|otelcol[a-z-]{0,30}|opentelemetry-collector[a-z-]{0,30}|node-docker|dynamic-grid-docker|selenoid|ryuk|drone-runner-docker|gitlab-runner|act_runner)$/;
const socketProxies = /socket-proxy|docker-proxy|dockerproxy/;

/**
 * What a container does with the engine's socket: what nobody knows, what its image is made for, or to guard it.
 * @param program the repository of its image, in lower case
 */
export function purposeOfSocket(program: string): "socket" | "purpose" | "proxy" {
  if (socketProxies.test(program)) return "proxy";
  return madeForEngine.test(program) ? "purpose" : "socket";
}

const directories =
  /^(?:\/var)?\/run(?:\/(?:docker|containerd|crio|podman|buildkit|user(?:\/\d{1,9}(?:\/(?:docker|podman))?)?))?$/;
const sockets =
  /\/(?:dockershim|buildkitd|balena-engine-containerd|docker-containerd|cri-dockerd|k3s\/containerd\/containerd)\.sock$|\/pipe\/(?:containerd-containerd|dockershim|cri-dockerd|podman-machine-default|docker_engine_linux|docker_engine_windows)$/i;

/** Whether a directory of the host holds the sockets of engines. */
export function isSocketDirectory(path: string): boolean {
  return directories.test(path);
}

/** Whether a path is a socket of what an engine is made of, under a name that is not the engine's. */
export function isOtherSocket(path: string): boolean {
  return sockets.test(path);
}
