import assert from "node:assert/strict";
import test from "node:test";
import { parseDockerfile } from "../../../server/src/documents/dockerfile/parse";
import { copyInto } from "../../../server/src/rules/shared/contextCopies";

/** The text of the COPY that brings a file of the context into the last stage. */
function brings(lines: readonly string[], file: string): string | undefined {
  const document = parseDockerfile(`${lines.join("\n")}\n`);
  const last = document.stages.at(-1);
  assert.ok(last);
  const copy = copyInto(document, last, file.split("/"));
  return copy === undefined || copy === "unknown"
    ? copy
    : document.text.slice(copy.span.start, copy.span.end);
}

const base = "FROM alpine:3.22";

test("a file comes into the stage, or one that it is built on", () => {
  assert.equal(brings([base, "COPY . /app"], "conf/a.env"), "COPY . /app");
  assert.equal(brings([`${base} AS a`, "COPY conf/ $WHERE", "FROM a"], "conf/a.env"), "COPY conf/ $WHERE");
  assert.equal(brings([base, "COPY src /app"], "conf/a.env"), undefined);
});

test("a file comes with the folder that it was copied to", () => {
  const build = [`${base} AS build`, "WORKDIR /app", "COPY . ."];
  const to = (...lines: string[]): string | undefined => brings([...build, ...lines], "conf/a.env");
  assert.equal(to(base, "COPY --from=build /app /srv"), "COPY . .");
  assert.equal(to(base, "COPY --from=build /app/conf/a.env /srv/"), "COPY . .");
  assert.equal(to(base, "COPY --from=0 / /"), "COPY . .");
  assert.equal(to(base, "COPY --from=build /app/dist /srv"), undefined);
  assert.equal(to("RUN rm -rf conf", base, "COPY --from=build /app /srv"), undefined);
  assert.equal(to("FROM build AS test", base, "COPY --from=test /app /srv"), "COPY . .");
});

test("a file is followed from stage to stage, under its new names", () => {
  const lines = [`${base} AS a`, "COPY .env /in/", `${base} AS b`, "COPY --from=a /in /out", base];
  assert.equal(brings([...lines, "COPY --from=b /out/.env /.env"], ".env"), "COPY .env /in/");
  assert.equal(brings([...lines, "COPY --from=b /in /in"], ".env"), undefined);
});

test("beyond fifty stages nothing is said to be fine", () => {
  const chain = (length: number): readonly string[] => [
    `${base} AS s0`,
    "COPY .env /x/",
    ...Array.from({ length }, (_, at) => [`${base} AS s${at + 1}`, `COPY --from=s${at} /x /x`]).flat(),
  ];
  assert.equal(brings(chain(40), ".env"), "COPY .env /x/");
  assert.equal(brings(chain(60), ".env"), "unknown");
});
