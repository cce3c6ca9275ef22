import type { ServiceImage } from "../serviceImages";
import { known, officialDocs, rootMaster } from "./facts";

const nginxDocs = officialDocs("nginx");
const unprivilegedDocs = "https://github.com/nginxinc/docker-nginx-unprivileged/blob/main/README.md";
const httpdFile = "https://github.com/docker-library/httpd/blob/master/2.4/Dockerfile";
const caddyFile = "https://github.com/caddyserver/caddy-docker/blob/master/Dockerfile.tmpl";
const traefikDocs = "https://doc.traefik.io/traefik/getting-started/install-traefik/";
const traefikChart =
  "https://github.com/traefik/traefik-helm-chart/blob/master/traefik/templates/_podtemplate.tpl";
const haproxyFile = "https://github.com/docker-library/haproxy/blob/master/Dockerfile.template";

/** Web servers and proxies. */
export const webImages: readonly ServiceImage[] = [
  {
    title: "nginx",
    names: ["docker.io/library/nginx"],
    user: known(nginxDocs, { start: "root", uid: 101 }),
    capabilities: known("https://nginx.org/en/docs/control.html", rootMaster),
    writable: known(nginxDocs, {
      volumes: [],
      scratch: ["/var/cache/nginx", "/var/run"],
      unlessMounted: ["/etc/nginx/templates"],
    }),
    programs: ["nginx", "nginx-debug"],
    ports: known(nginxDocs, [80]),
    isFrontDoor: true,
  },
  {
    title: "nginx without root",
    names: ["docker.io/nginxinc/nginx-unprivileged", "ghcr.io/nginx/nginx-unprivileged"],
    user: known(unprivilegedDocs, { start: "101", uid: 101 }),
    capabilities: known(unprivilegedDocs, []),
    writable: known(unprivilegedDocs, {
      volumes: [],
      scratch: ["/tmp"],
      unlessMounted: ["/etc/nginx/templates"],
    }),
    programs: ["nginx", "nginx-debug"],
    ports: known(unprivilegedDocs, [8080]),
    isFrontDoor: true,
  },
  {
    title: "Apache httpd",
    names: ["docker.io/library/httpd"],
    user: known(httpdFile, { start: "root" }),
    capabilities: known("https://httpd.apache.org/docs/2.4/stopping.html", rootMaster),
    writable: known("https://httpd.apache.org/docs/2.4/mod/core.html#defaultruntimedir", {
      volumes: [],
      scratch: ["/tmp", "/usr/local/apache2/logs"],
    }),
    programs: ["httpd-foreground"],
    ports: known(httpdFile, [80]),
    isFrontDoor: true,
  },
  {
    title: "Caddy",
    names: ["docker.io/library/caddy"],
    user: known(caddyFile, { start: "root" }),
    capabilities: known(caddyFile, ["DAC_OVERRIDE", "NET_BIND_SERVICE"]),
    fileCapabilities: ["NET_BIND_SERVICE"],
    writable: known("https://caddyserver.com/docs/conventions#file-locations", {
      volumes: [],
      scratch: ["/tmp"],
      kept: ["/data", "/config"],
    }),
    programs: ["caddy"],
    ports: known(caddyFile, [80, 443, 2019]),
    isFrontDoor: true,
  },
  {
    title: "Traefik",
    names: ["docker.io/library/traefik"],
    user: known(officialDocs("traefik"), { start: "root" }),
    capabilities: known(traefikDocs, ["DAC_OVERRIDE", "NET_BIND_SERVICE"]),
    writable: known(traefikChart, {
      volumes: [],
      scratch: ["/tmp"],
      unlessSet: ["--experimental.*", "TRAEFIK_EXPERIMENTAL_*"],
      exceptTags: ["v1*", "1*", "maroilles*", "cancoillotte*", "camembert*"],
    }),
    programs: ["traefik"],
    ports: known(traefikDocs, [80, 443, 8080]),
    openSettings: known("https://doc.traefik.io/traefik/operations/dashboard/", [
      "TRAEFIK_API_INSECURE=true",
    ]),
    isFrontDoor: true,
  },
  {
    title: "HAProxy",
    names: ["docker.io/library/haproxy"],
    exceptTags: ["1.*", "2.0*", "2.1*", "2.2*", "2.3*"],
    user: known(haproxyFile, { start: "haproxy", uid: 99 }),
    capabilities: known(haproxyFile, []),
    programs: ["haproxy"],
    isFrontDoor: true,
  },
];
