import { defineRule } from "../../engine/rule";
import { imageFacts } from "../../knowledge/images";
import { takenServiceImages, unknownServiceImages } from "../shared/composeImageUses";
import { cisDocker, cwe } from "../shared/references";
import { shorten } from "../shared/shorten";
import { hasKnownEnd, passedEnd, supportEndMessages } from "../shared/supportEnds";

export default defineRule({
  id: "compose-image-end-of-life",
  language: "compose",
  title: "The images of services still get security fixes",
  why: `When a release of a database, a language or a system reaches its end of support, holes that are found in it are no longer
closed, and scanners may fall silent, since nobody publishes advisories for it any more. A database with your data in it is
the last thing to leave like that.

Move to a release that is supported; databases want a dump or an upgrade step for that, which the publisher's page tells. Both
the product and the system beneath it are looked at: \`postgres:9.6-buster\` is past its end twice.

Medium; low while extended support, which may cost money, still runs. Dates come from
endoflife.date and are as fresh as this version of Plimsoll. Images of a private registry are not judged; where
\`images.require.notEndOfLife\` of \`plimsoll.yaml\` demands support, they count as not checked. That the policy approves an
image does not silence this: an exception that names the image does. There is no fix, since a newer release may not read
the data.`,
  category: "base-image",
  severity: "medium",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["cis:4.4", "cwe:1104"],
  references: [
    { title: "endoflife.date", url: "https://endoflife.date/" },
    cisDocker,
    cwe(1104, "Use of unmaintained third party components"),
  ],
  keys: ["image", "build", "pull_policy"],
  messages: supportEndMessages,
  bad: [
    {
      title: "databases",
      source:
        "services:\n  a:\n    image: «postgres:9.6»\n  b:\n    image: «mysql:5.7»\n  c: { image: '«redis:5-alpine»' }\n  d:\n    image: «mongo:4.0»\n",
    },
    {
      title: "of another registry, and by default",
      source:
        "services:\n  a:\n    image: «docker.elastic.co/elasticsearch/elasticsearch:6.8.23»\n  b:\n    image: «postgres:${PG:-10}»\n",
    },
    {
      title: "from an anchor, once",
      source: "x-a: &a\n  image: «node:14»\nservices:\n  a:\n    <<: *a\n  b:\n    <<: *a\n",
    },
  ],
  good: [
    { title: "supported", source: "services:\n  a:\n    image: postgres:17\n  b:\n    image: redis:8\n" },
    {
      title: "not yet over on that day",
      source: "services:\n  a:\n    image: postgres:9.6\n",
      context: { today: "2020-01-01" },
    },
    {
      title: "not known",
      source:
        "services:\n  a:\n    image: registry.example.com/postgres:9.6\n  b:\n    image: postgres\n  c:\n    build: .\n    image: node:14\n",
    },
  ],
  check(document, { facts, policy, report, notChecked }) {
    for (const { reference, span } of takenServiceImages(document)) {
      const end = passedEnd(reference, facts.today);
      if (end === undefined) {
        if (policy.require.notEndOfLife && !hasKnownEnd(reference))
          notChecked(`when support of ${shorten(reference.source)} ends is not known`, span);
        continue;
      }
      const { product, cycle, date, extended, over } = end;
      const place = { at: span, severity: end.isExtended ? "low" : "medium" } as const;
      const successor = imageFacts(reference)?.replacement;
      if (end.isExtended) report("extended", [product, cycle, date, extended ?? ""], place);
      else if (successor !== undefined)
        report("moved", [product, cycle, over, shorten(successor, 30)], place);
      else report("over", [product, cycle, over], place);
    }
    if (!policy.require.notEndOfLife) return;
    for (const { raw, span } of unknownServiceImages(document))
      notChecked(`when support of ${shorten(raw)} ends is not known`, span);
  },
});
