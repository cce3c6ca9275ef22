/** A generated document with a few things to find, and the place where a user types in it. */
export interface BenchDocument {
  readonly languageId: "dockerfile" | "dockercompose";
  readonly fileName: string;
  readonly lines: number;
  readonly text: string;
  /** The end of a line in the middle of the document, counted from 0. */
  readonly caret: { readonly line: number; readonly character: number };
}

/**
 * A Dockerfile of exactly so many lines: stages of varied instructions, one after the other.
 * @param lines at least 50
 */
export function dockerfileOf(lines: number): BenchDocument {
  const head = ["# syntax=docker/dockerfile:1", "ARG NODE_VERSION=22.11.0"];
  const tail = ["USER app", 'CMD ["node", "server.js"]'];
  const written = filled(lines - tail.length, head, dockerfileStages, (n) => `ENV PADDING_${n}=${n}`);
  return placed("dockerfile", "Dockerfile", [...written, ...tail], (line) => /^RUN .*[^\\]$/.test(line));
}

/**
 * A Compose file of exactly so many lines: services of varied settings, one after the other.
 * @param lines at least 50
 */
export function composeOf(lines: number): BenchDocument {
  const head = [
    "x-logging: &logging",
    "  driver: json-file",
    "  options:",
    '    max-size: "10m"',
    "services:",
  ];
  const tail = ["volumes:", "  data:", "networks:", "  back:"];
  const written = filled(
    lines - tail.length,
    head,
    composeServices,
    (n) => `  # Service group ${n} ends here.`,
  );
  return placed("dockercompose", "compose.yaml", [...written, ...tail], (line) =>
    /^ {4}command: [a-z].*$/.test(line),
  );
}

/** The document with a quotation mark that is not closed, as far down as there is an image, so that it is no YAML. */
export function broken(document: BenchDocument): BenchDocument {
  const lines = document.text.split("\n");
  const at = lines.findLastIndex((line) => line.startsWith("    image: "));
  if (at < 0) throw new Error("no image to break");
  lines[at] = lines[at]!.replace("image: ", 'image: "');
  return { ...document, text: lines.join("\n") };
}

type Snippet = (n: number) => readonly string[];

const dockerfileStages: readonly Snippet[] = [
  (n) => [
    "",
    `FROM node:\${NODE_VERSION}-bookworm-slim AS build${n}`,
    "WORKDIR /app",
    `ENV NODE_ENV=production PORT=${3000 + n} \\`,
    `    CACHE_DIR=/var/cache/app${n}`,
    "COPY package.json package-lock.json ./",
    "RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev",
    "COPY --chown=node:node src/ ./src/",
    `RUN npm run build -- --target=part${n} && rm -rf /tmp/part${n}`,
    `MAINTAINER team${n}@example.com`,
    `RUN curl -fsSL https://example.com/setup-${n}.sh | bash`,
  ],
  (n) => [
    "",
    `FROM debian:12.${n % 9} AS tools${n}`,
    "RUN apt-get update \\",
    "    && apt-get install -y --no-install-recommends \\",
    "      ca-certificates \\",
    "      curl \\",
    "      # for the health check",
    `      libssl3 gcc-${n % 14} \\`,
    "    && rm -rf /var/lib/apt/lists/*",
    `RUN curl -fsSL https://example.com/tool-${n}.tar.gz -o /tmp/tool.tgz && tar -xzf /tmp/tool.tgz -C /opt`,
    `RUN useradd --system --uid ${1000 + n} app`,
    "USER app",
  ],
  (n) => [
    "",
    "FROM python:3.12-slim",
    `ARG RELEASE=${n}`,
    `LABEL org.opencontainers.image.version="1.${n}" \\`,
    '      org.opencontainers.image.vendor="Example"',
    `COPY --from=build0 /app/dist /srv/part${n}`,
    "RUN <<SCRIPT",
    "set -eu",
    `for name in one two three${n}; do`,
    '  install -d "/srv/data/$name"',
    "done",
    "SCRIPT",
    `RUN pip install --no-cache-dir "requests==2.${n % 32}.0" && python -m compileall /srv/part${n}`,
    `RUN mkdir /srv/upload${n} && chmod 777 /srv/upload${n}`,
    `EXPOSE ${8000 + (n % 1000)}/tcp`,
    "VOLUME /srv/data",
    `HEALTHCHECK --interval=30s CMD curl -fsS http://localhost:${8000 + (n % 1000)}/ || exit 1`,
    'ENTRYPOINT ["python", "-m", "server"]',
  ],
];

const composeServices: readonly Snippet[] = [
  (n) => [
    `  web${n}:`,
    `    image: registry.example.com/team/web:1.${n}`,
    "    restart: unless-stopped",
    "    logging: *logging",
    "    ports:",
    `      - "127.0.0.1:${8000 + (n % 50_000)}:8080"`,
    "    environment:",
    `      LOG_LEVEL: \${LOG_LEVEL:-info}`,
    `      PUBLIC_URL: https://part${n}.example.com/`,
    "    volumes:",
    `      - ./content/part${n}:/srv/content:ro`,
    `    command: serve --part ${n} --verbose`,
    "    networks: [back]",
  ],
  (n) => [
    `  database${n}:`,
    `    image: postgres:16.${n % 9}`,
    `    command: postgres -c max_connections=${50 + n}`,
    "    environment:",
    `      - POSTGRES_DB=part${n}`,
    "      - POSTGRES_PASSWORD_FILE=/run/secrets/password",
    "    healthcheck:",
    '      test: ["CMD-SHELL", "pg_isready -U postgres"]',
    "      interval: 10s",
    "    volumes:",
    "      - type: volume",
    "        source: data",
    "        target: /var/lib/postgresql/data",
  ],
  (n) => [
    "",
    `  # Works through the queue of part ${n}.`,
    `  worker${n}:`,
    "    build:",
    "      context: .",
    `      args: { PART: "${n}" }`,
    '    user: "1000:1000"',
    "    read_only: true",
    "    cap_drop: [ALL]",
    "    security_opt:",
    "      - no-new-privileges:true",
    `    command: ["worker", "--queue", "part${n}"]`,
    "    deploy:",
    "      resources:",
    "        limits:",
    "          memory: 256M",
  ],
];

function filled(
  length: number,
  head: readonly string[],
  snippets: readonly Snippet[],
  padding: (n: number) => string,
): readonly string[] {
  const lines = [...head];
  for (let n = 0; ; n++) {
    const snippet = snippets[n % snippets.length]!(n);
    if (lines.length + snippet.length > length) break;
    lines.push(...snippet);
  }
  for (let n = 0; lines.length < length; n++) lines.push(padding(n));
  return lines;
}

function placed(
  languageId: BenchDocument["languageId"],
  fileName: string,
  lines: readonly string[],
  typedInto: (line: string) => boolean,
): BenchDocument {
  const middle = Math.floor(lines.length / 2);
  const candidates = lines.flatMap((text, at) => (typedInto(text) ? [at] : []));
  const line = candidates.toSorted((a, b) => Math.abs(a - middle) - Math.abs(b - middle))[0];
  if (line === undefined) throw new Error(`no line to type into in ${lines.length} lines of ${languageId}`);
  const caret = { line, character: lines[line]!.length };
  return { languageId, fileName, lines: lines.length, text: `${lines.join("\n")}\n`, caret };
}
