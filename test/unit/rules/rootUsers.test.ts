import assert from "node:assert/strict";
import test from "node:test";
import { rules } from "../../../server/src/rules/index";
import { applyEdits } from "../../../server/src/text/edit";
import { findingsOf, inputFor } from "../../support/check";

/** What is said of the user of an image: `quiet`, or the severity of the one finding. */
const judgements: readonly (readonly [title: string, judgement: string, source: string])[] = [
  ["own command on root base", "high", 'FROM node:22\nCMD ["node","x.js"]'],
  ["chain", "quiet", 'FROM node:22 AS a\nUSER node\nFROM a AS b\nRUN x\nFROM b\nCMD ["node","x"]'],
  [
    "chain back to root",
    "high",
    'FROM node:22 AS a\nUSER node\nFROM a AS b\nUSER root\nRUN x\nFROM b\nCMD ["node","x"]',
  ],
  ["USER var numeric default", "quiet", "FROM node:22\nARG UID=1000\nUSER $UID\nCMD x"],
  ["USER var 0", "high", "FROM node:22\nARG UID=0\nUSER ${UID}:${GID}\nCMD x"],
  ["USER var default op", "high", "FROM node:22\nENV APP_USER=root\nUSER ${APP_USER:-node}\nCMD x"],
  ["USER var empty default op", "quiet", "FROM node:22\nENV APP_USER=\nUSER ${APP_USER:-node}\nCMD x"],
  ["num 0", "high", "FROM node:22\nUSER 0\nCMD x"],
  ["0:g", "high", "FROM node:22\nUSER 0:1000\nCMD x"],
  ["quoted root", "high", 'FROM node:22\nUSER "root"\nCMD x'],
  ["openshift", "quiet", "FROM node:22\nUSER 1000:0\nCMD x"],
  ["000", "high", "FROM node:22\nUSER 000\nCMD x"],
  [
    "gosu installed",
    "low",
    'FROM debian:12\nRUN apt-get install -y gosu\nCOPY e.sh /\nENTRYPOINT ["/e.sh"]\nCMD ["app"]',
  ],
  ["su-exec", "low", 'FROM alpine:3.20\nRUN apk add --no-cache su-exec\nENTRYPOINT ["/e.sh"]'],
  ["setpriv", "low", 'FROM debian:12\nENTRYPOINT ["setpriv","--reuid=1000","--clear-groups","app"]'],
  [
    "s6",
    "low",
    'FROM debian:12\nADD https://github.com/just-containers/s6-overlay/releases/download/v3.2.0.0/s6-overlay-noarch.tar.xz /tmp\nENTRYPOINT ["/init"]',
  ],
  ["supervisord", "low", 'FROM debian:12\nCMD ["/usr/bin/supervisord","-n"]'],
  ["builder", "low", "FROM golang:1.24\nWORKDIR /src\nRUN go build"],
  ["toolbox", "low", "FROM ubuntu:24.04\nRUN apt-get update && apt-get install -y build-essential"],
  ["shell", "low", 'FROM ubuntu:24.04\nRUN apt-get update\nCMD ["bash"]'],
  ["windows", "quiet", 'FROM mcr.microsoft.com/windows/nanoserver:ltsc2022\nCMD ["app.exe"]'],
  [
    "windows dotnet",
    "quiet",
    'FROM mcr.microsoft.com/dotnet/aspnet:8.0-nanoserver-ltsc2022\nCMD ["app.exe"]',
  ],
  ["scratch", "low", 'FROM scratch\nCOPY app /app\nENTRYPOINT ["/app"]'],
  ["scratch user", "quiet", 'FROM scratch\nCOPY app /app\nUSER 65532\nENTRYPOINT ["/app"]'],
  ["scratch rootfs", "quiet", "FROM scratch\nADD rootfs.tar.gz /\n"],
  ["devcontainer", "quiet", "FROM mcr.microsoft.com/devcontainers/javascript-node:22\nRUN x"],
  ["old devcontainer", "quiet", "FROM mcr.microsoft.com/vscode/devcontainers/base:ubuntu\nRUN x"],
  ["created never switched", "high", 'FROM debian:12\nRUN useradd -m app\nCMD ["app"]'],
  [
    "alpine created never switched",
    "high",
    'FROM alpine:3.20\nRUN adduser -D app\nWORKDIR /home/app\nCMD ["./app"]',
  ],
  ["distroless nonroot", "quiet", 'FROM gcr.io/distroless/static-debian12:nonroot\nCOPY app /\nCMD ["/app"]'],
  ["distroless root", "high", 'FROM gcr.io/distroless/static-debian12\nCOPY app /\nCMD ["/app"]'],
  ["chainguard", "quiet", 'FROM cgr.dev/chainguard/node:latest\nCMD ["x.js"]'],
  ["postgres", "low", "FROM postgres:17\nCOPY init.sql /docker-entrypoint-initdb.d/"],
  ["nginx", "low", "FROM nginx:1.27\nCOPY html /usr/share/nginx/html"],
  ["nginx unpriv", "quiet", "FROM nginxinc/nginx-unprivileged:1.27\nCOPY html /usr/share/nginx/html"],
  ["httpd", "low", "FROM httpd:2.4\nCOPY html /usr/local/apache2/htdocs"],
  ["php apache", "low", "FROM php:8.3-apache\nCOPY src /var/www/html"],
  ["php fpm", "low", "FROM php:8.3-fpm\nCOPY src /var/www/html"],
  ["jenkins", "quiet", "FROM jenkins/jenkins:lts\nRUN x"],
  ["jenkins root", "high", "FROM jenkins/jenkins:lts\nUSER root\nRUN apt-get update"],
  ["bitnami", "quiet", "FROM bitnami/redis:7.4\nRUN x"],
  ["elastic", "quiet", "FROM elasticsearch:8.15.0\nRUN x"],
  ["grafana", "quiet", "FROM grafana/grafana:11.0.0\nCOPY a /b"],
  ["keycloak", "quiet", "FROM quay.io/keycloak/keycloak:25.0\nRUN /opt/keycloak/bin/kc.sh build"],
  ["python", "high", 'FROM python:3.12-slim\nCOPY . /app\nCMD ["gunicorn","app:app"]'],
  ["python user", "quiet", 'FROM python:3.12-slim\nRUN useradd app\nUSER app:app\nCMD ["gunicorn"]'],
  ["exec gosu", "low", 'FROM python:3.12-slim\nENTRYPOINT ["gosu","app","gunicorn"]'],
  ["su -c", "low", "FROM node:22\nCMD su node -c 'node x.js'"],
  ["su exec", "low", 'FROM node:22\nCMD ["su", "node", "-c", "node x.js"]'],
  ["runuser", "low", 'FROM node:22\nENTRYPOINT ["runuser","-u","node","--","node"]'],
  ["sudo -u", "low", 'FROM node:22\nCMD ["sudo","-u","node","node","x.js"]'],
  ["gunicorn --user", "low", 'FROM debian:12\nCMD ["gunicorn","--user","www-data","app"]'],
  ["uwsgi uid", "low", 'FROM debian:12\nCMD ["uwsgi","--uid","www-data","--http",":80"]'],
  [
    "start-stop-daemon",
    "low",
    'FROM debian:12\nCMD ["start-stop-daemon","--start","--chuid","app","--exec","/app"]',
  ],
  ["chroot userspec", "low", 'FROM debian:12\nCMD ["chroot","--userspec=app","/","/app"]'],
  ["tini gosu", "low", 'FROM debian:12\nENTRYPOINT ["tini","--","gosu","app","/run.sh"]'],
  ["dumb-init su-exec", "low", 'FROM debian:12\nENTRYPOINT ["dumb-init","su-exec","app","/run.sh"]'],
  ["lsio base", "low", "FROM linuxserver/baseimage-alpine:3.20\nCOPY root/ /"],
  ["an image that is not known", "quiet", 'FROM phusion/baseimage:noble-1.0.0\nCMD ["/sbin/my_init"]'],
  ["init", "low", 'FROM debian:12\nCMD ["/sbin/init"]'],
  ["ubi-init", "low", 'FROM registry.access.redhat.com/ubi9/ubi-init\nCMD ["/sbin/init"]'],
  ["ubi nodejs", "quiet", "FROM registry.access.redhat.com/ubi9/nodejs-20\nCMD npm start"],
  ["ubi minimal", "high", 'FROM registry.access.redhat.com/ubi9/ubi-minimal\nCOPY app /\nCMD ["/app"]'],
  ["unknown", "quiet", "FROM unknown.example.com/x/y:1\nCMD x"],
  [
    "multi",
    "high",
    'FROM --platform=$BUILDPLATFORM golang:1.24 AS b\nRUN x\nFROM alpine:3.20\nCOPY --from=b /a /a\nENTRYPOINT ["/a"]',
  ],
  [
    "dotnet app_uid",
    "quiet",
    'FROM mcr.microsoft.com/dotnet/aspnet:8.0\nUSER $APP_UID\nENTRYPOINT ["dotnet","x.dll"]',
  ],
  ["cron", "low", 'FROM debian:12\nRUN x\nCMD ["cron","-f"]'],
  ["sshd", "low", 'FROM debian:12\nCMD ["/usr/sbin/sshd","-D"]'],
  ["dockerd", "high", 'FROM debian:12\nCMD ["dockerd"]'],
  ["haproxy root", "high", "FROM haproxy:3.0\nUSER root\nCOPY haproxy.cfg /usr/local/etc/haproxy/"],
  ["root for a step only", "quiet", "FROM haproxy:3.0\nUSER root\nRUN apt-get update\nUSER haproxy"],
  ["java", "high", 'FROM eclipse-temurin:21-jre\nCOPY app.jar /\nENTRYPOINT ["java","-jar","/app.jar"]'],
  [
    "scratch last",
    "quiet",
    'FROM alpine:3.20\nRUN adduser -D app\nUSER app\nENTRYPOINT ["/a"]\nFROM scratch\nUSER 1\nCMD ["/x"]',
  ],
  ["terraform", "high", 'FROM hashicorp/terraform:1.9\nCMD ["version"]'],
];

const judging = rules.filter(({ id }) => id === "missing-user-instruction" || id === "final-stage-user-root");

function findings(source: string) {
  return judging.flatMap((rule) => findingsOf(rule, inputFor(rule, `${source}\n`)));
}

for (const [title, judgement, source] of judgements)
  test(`root or not: ${title}`, () => {
    const severities = findings(source).map(({ severity }) => severity);
    assert.deepEqual(severities, judgement === "quiet" ? [] : [judgement]);
  });

const number = "USER 65532:65532";

/** The lines that the fix adds. */
const fixes: readonly (readonly [title: string, image: string, added: readonly string[]])[] = [
  [
    "Debian",
    "debian:12",
    ["RUN groupadd --system app && useradd --system --gid app --no-create-home app", "USER app"],
  ],
  ["Alpine", "alpine:3.20", ["RUN addgroup -S app && adduser -S -G app app", "USER app"]],
  ["BusyBox", "busybox:1.37", ["RUN addgroup -S app && adduser -S -D -H -G app app", "USER app"]],
  [
    "Red Hat",
    "almalinux:9",
    ["RUN groupadd --system app && useradd --system --gid app --no-create-home app", "USER app"],
  ],
  ["Red Hat without useradd", "registry.access.redhat.com/ubi9/ubi-minimal", [number]],
  ["Fedora without useradd", "registry.fedoraproject.org/fedora-minimal:42", [number]],
  ["Amazon Linux", "amazonlinux:2023", [number]],
  ["AlmaLinux without useradd", "almalinux:9-minimal", [number]],
  ["a user of the base", "node:22-alpine", ["USER node"]],
  ["distroless", "gcr.io/distroless/static-debian12", ["USER nonroot"]],
  ["nothing", "scratch", [number]],
];

for (const [title, image, added] of fixes)
  test(`the new user: ${title}`, () => {
    const before = `FROM ${image}\nCOPY app /app`;
    const start = 'ENTRYPOINT ["/app"]';
    const [finding] = findings(`${before}\n${start}`);
    const fix = finding?.fixes[0];
    assert.ok(fix, "has a fix");
    assert.equal(applyEdits(`${before}\n${start}\n`, fix.edits), `${[before, ...added, start].join("\n")}\n`);
  });
