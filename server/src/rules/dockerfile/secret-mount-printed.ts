import { defineRule } from "../../engine/rule";
import { changed } from "../shared/fillIn";
import { cisDocker, cwe, dockerBuildSecrets } from "../shared/references";
import { removalOfCommand } from "../shared/removeCommand";
import { printedUses, tracedUses } from "../shared/secretUses";

export default defineRule({
  id: "secret-mount-printed",
  language: "dockerfile",
  title: "No build step prints a secret",
  why: `What a step prints is in the log of the build: on the build server, in the archive of its jobs, in the chat that
it reports to. Everyone who may read logs has the secret then, long after the build, and masking only helps where the
server knows the value in exactly this form.

Take the command out. To see whether there is a secret at all, test for it: \`test -s /run/secrets/token\`,
\`\${TOKEN:+set}\`. Around commands that get a secret on their command line, turn tracing off: \`set +x\`.

Reported are \`echo\`, \`printf\` and \`cat\` of a mounted secret or of a variable with a secret whose output nothing
takes, \`env\` where a mount puts a secret into the environment, and \`set -x\` before a command that is given one.

The fix deletes the command.`,
  category: "secrets",
  marksNoSecret: true,
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["cis:4.10", "cwe:532"],
  references: [dockerBuildSecrets, cisDocker, cwe(532, "Insertion of sensitive information into log file")],
  local: true,
  needs: { keywords: ["RUN"], words: ["secret", "$"] },
  messages: {
    printed: () => "This prints a secret, so that everyone who can read the log of the build has it",
    environment: () =>
      "This prints the whole environment, and with it the secret that is mounted as a variable",
    traced: () => "With tracing on, a later command is printed together with the secret that it is given",
  },
  bad: [
    {
      title: "a mounted file",
      source:
        "FROM debian:12\nRUN --mount=type=secret,id=token cat «/run/secrets/token» && make\nRUN --mount=type=secret,id=a,target=/a.txt echo «$(cat /a.txt)» | base64\n",
      fixed: "FROM debian:12\nRUN --mount=type=secret,id=token make\n",
    },
    {
      title: "variables of a mount, an argument and the script",
      source:
        'FROM debian:12\nARG API_TOKEN\nRUN echo "token is «$API_TOKEN»"\nRUN --mount=type=secret,id=t,env=T printf "%s" "«${T}»" >&2 && «printenv»\n',
      fixed: "FROM debian:12\nARG API_TOKEN\nRUN --mount=type=secret,id=t,env=T printenv\n",
    },
    {
      title: "tracing",
      source:
        'FROM debian:12\nRUN --mount=type=secret,id=t «set -eux»; curl -H "PRIVATE-TOKEN: $(cat /run/secrets/t)" https://example.com\n',
    },
  ],
  good: [
    {
      title: "read by a program, a variable or a file",
      source:
        "FROM debian:12\nRUN --mount=type=secret,id=t cat /run/secrets/t | login --stdin && T=$(cat /run/secrets/t) make\n",
    },
    {
      title: "whether there is one",
      source:
        'FROM debian:12\nARG API_TOKEN\nRUN echo "token: ${API_TOKEN:+set}" && test -s /run/secrets/t\n',
    },
    {
      title: "tracing before nothing secret, or turned off again",
      source:
        "FROM debian:12\nARG API_TOKEN\nRUN set -ex; make\nRUN set -x; make; set +x; deploy --token=$API_TOKEN\n",
    },
    { title: "the environment without a secret", source: "FROM debian:12\nRUN env | sort && env A=b make\n" },
    {
      title: "tracing that shows only a file's name",
      source: "FROM debian:12\nRUN --mount=type=secret,id=t set -x; deploy --token-file /run/secrets/t\n",
    },
  ],
  check(document, { report }) {
    for (const { run, use } of printedUses(document)) {
      const fixes = changed("Print nothing", [removalOfCommand(document, run.run, use.command)]);
      report("printed", [], { at: use.span, fixes });
    }
    for (const { kind, span, use } of tracedUses(document))
      report(kind, [], {
        at: span,
        ...(use ? { related: [{ message: "The secret", span: use.span }] } : {}),
      });
  },
});
