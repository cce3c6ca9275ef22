import { isOn, optionsNamed } from "../../documents/commands/model";
import { defineRule } from "../../engine/rule";
import {
  dockerRun,
  programOfCommand,
  severityHere,
  subjectOf,
  withoutOption,
} from "../shared/engineCommands";
import { cisDocker, cwe, owaspDocker } from "../shared/references";

export default defineRule({
  id: "run-privileged",
  language: "commands",
  title: "No container is started with all rights of the host",
  why: `\`--privileged\` gives a container every capability and every device of the host, and takes seccomp and AppArmor
away. Whoever runs code in it, a package's install script included, mounts the host's disk and owns the machine. On a
runner of one's own that is the machine of every other job.

Say what the container needs instead: \`--device\` for hardware, \`--cap-add\` for single capabilities. Images can be built
without it by rootless BuildKit, Buildah or the builder of the platform.

A container engine in a container (\`docker:dind\`, BuildKit, kind, k3s) hardly works otherwise and is one step milder, as
are pipelines and tools that remove themselves (\`--rm\`); development containers and documentation are two. Installing
emulators with \`tonistiigi/binfmt\` and its like is what their makers document, and is not reported. The fix removes the
option.`,
  category: "privilege",
  severity: "critical",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["docker-bench:5.5", "docker-bench:5.23", "owasp:RULE#3", "cis:5.5", "cis:5.23", "cwe:250"],
  references: [dockerRun, owaspDocker, cisDocker, cwe(250, "Execution with unnecessary privileges")],
  messages: {
    privileged: (name: string) =>
      `Whoever runs code in ${name} owns the host: it has all devices and capabilities`,
    engine: (name: string) =>
      `${name} runs a container engine with all rights of the host; the rootless one needs fewer`,
    command: (name: string) =>
      `What is run in ${name} has all rights of the host, whatever the container was given`,
    feature: () => "This Feature makes the whole development container privileged to run an engine in it",
  },
  bad: [
    {
      title: "a service",
      source: "#!/bin/sh\ndocker run -d «--privileged» \\\n  --name web app:1\n",
      fixed: "#!/bin/sh\ndocker run -d \\\n  --name web app:1\n",
    },
    {
      title: "on a line of its own, by another engine, and in a command within a container",
      source: "sudo podman run \\\n  «--privileged=true» \\\n  app:1\ndocker exec «--privileged» web sh\n",
      fixed: "sudo podman run \\\n  app:1\ndocker exec web sh\n",
    },
    {
      title: "an engine in a container",
      source: "docker run «--privileged» -d docker:28-dind\n",
      fixed: "docker run -d docker:28-dind\n",
    },
    {
      title: "a recipe",
      source: "start:\n\t@$(DOCKER) run «--privileged» $(IMAGE)\n",
      fixed: "start:\n\t@$(DOCKER) run $(IMAGE)\n",
      context: { format: "makefile" },
    },
    {
      title: "options of a job's container",
      source:
        "jobs:\n  test:\n    runs-on: self-hosted\n    container:\n      image: app:1\n      options: --cpus 1 «--privileged»\n    steps:\n      - run: |\n          make\n          docker run «--privileged» app:1\n",
      fixed:
        "jobs:\n  test:\n    runs-on: self-hosted\n    container:\n      image: app:1\n      options: --cpus 1\n    steps:\n      - run: |\n          make\n          docker run app:1\n",
      context: { format: "workflow" },
    },
    {
      title: "a development container",
      source:
        '{\n  // for the camera\n  "image": "app:1",\n  "runArgs": ["--init", «"--privileged"»],\n  «"privileged": true»\n}\n',
      fixed: '{\n  // for the camera\n  "image": "app:1",\n  "runArgs": ["--init"]\n}\n',
      context: { format: "devcontainer" },
    },
    {
      title: "a Feature that does it",
      source: '{ "features": { «"ghcr.io/devcontainers/features/docker-in-docker:2"»: {} } }\n',
      context: { format: "devcontainer" },
    },
    {
      title: "documentation",
      source: "Start it:\n\n```console\n$ docker run «--privileged» app:1\nstarted\n```\n",
      fixed: "Start it:\n\n```console\n$ docker run app:1\nstarted\n```\n",
      context: { format: "markdown" },
    },
  ],
  good: [
    {
      title: "switched off, in a variable, said and not done",
      source:
        'docker run --privileged=false app:1\ndocker run --privileged="$P" app:1\necho "docker run --privileged app:1"\n# docker run --privileged app:1\n',
    },
    {
      title: "an option of the program in the container",
      source: "docker run app:1 --privileged\ndocker run --name --privileged app:1\n",
    },
    {
      title: "emulators for builds",
      source: "docker run --privileged --rm tonistiigi/binfmt --install all\n",
    },
  ],
  check(document, { report }) {
    for (const command of document.commands) {
      const program = programOfCommand(command);
      const option = isOn(command, "privileged");
      for (const feature of optionsNamed(command, "feature")) {
        if (/\/docker-in-docker(?:$|:)/.test(feature.value?.value ?? ""))
          report("feature", [], { at: feature.span, severity: "low" });
      }
      if (option === undefined || command.action === "build") continue;
      if (emulators.test(program)) continue;
      const isEngine = /(?:^|\/)(?:docker|dind|buildkit|podman|kind|k3s|node-docker)$|dind|kindest/.test(
        program,
      );
      const isExec = command.action === "exec";
      for (const each of optionsNamed(command, "privileged"))
        report(
          isExec ? "command" : isEngine ? "engine" : "privileged",
          [isExec ? "the container" : subjectOf(command)],
          {
            at: each.span,
            severity: severityHere(document, command, isEngine || isExec ? "high" : "critical"),
            fixes: withoutOption("Remove --privileged", each),
          },
        );
    }
  },
});

const emulators = /(?:^|\/)(?:binfmt|qemu-user-static|qus)$/;
