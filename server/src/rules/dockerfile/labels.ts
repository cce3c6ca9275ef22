import { defineRule } from "../../engine/rule";
import { maxRewrittenLabels } from "../../ruleLimits";
import { keyFixes, labelFixes, withoutLabel } from "../shared/labelFixes";
import { keyFault, labelsOf, requiredLabels } from "../shared/labels";
import { isOfType, knownLabels, labelTypeNames } from "../shared/labelTypes";
import { dockerfileReference } from "../shared/references";
import { shorten } from "../shared/shorten";
import { finalStages } from "../shared/stages";

export default defineRule({
  id: "labels",
  language: "dockerfile",
  title: "Labels are well formed, and those that are required are there",
  why: `Inventories, scanners and people find an image's source, licence and owner by its labels. A misspelt key, a
licence that is no SPDX id, or a date in another form is not found, and when a hole is made public nobody knows whom to
ask.

Keys should be of small letters, digits, single dots and hyphens, begin with a letter, and keep out of the name spaces
that Docker reserves. The values of the OCI image specification's labels are checked by its rules. With \`required\` a
team says which labels every final image must have, and of which type; with \`onlyRequired\` that there are no others.
Values with variables are not judged.

The fixes write a key in small letters and hyphens, delete a label that is not wanted, and add one that is missing,
with a place for its value.`,
  category: "style",
  severity: "info",
  profiles: [],
  since: "0.1.0",
  aliases: [
    ...["hadolint:DL3048", "hadolint:DL3049", "hadolint:DL3050", "hadolint:DL3051", "hadolint:DL3052"],
    ...["hadolint:DL3053", "hadolint:DL3054", "hadolint:DL3055", "hadolint:DL3056", "hadolint:DL3058"],
    "sonar:S7028",
    "dockerfile_lint:required_labels",
  ],
  references: [
    dockerfileReference("LABEL", "label"),
    { title: "Docker: object labels", url: "https://docs.docker.com/engine/manage-resources/labels/" },
    {
      title: "OCI image annotations",
      url: "https://github.com/opencontainers/image-spec/blob/main/annotations.md",
    },
  ],
  options: {
    required: {
      type: "strings",
      default: [],
      description:
        "Labels that the final image must have: `key`, or `key:type` with `text`, `url`, `spdx`, `rfc3339`, `hash`, `semver` or `email`.",
    },
    onlyRequired: {
      type: "boolean",
      default: false,
      description: "Report labels that `required` does not name.",
    },
  },
  messages: {
    form: (key: string) => `The label key ${key} is not of small letters, digits, single dots and hyphens`,
    reserved: (key: string) => `The label key ${key} is in a name space that Docker keeps for itself`,
    missing: (key: string) => `The image has no label ${key}, which is required`,
    superfluous: (key: string) => `The label ${key} is not one of those that are required`,
    empty: (key: string) => `The label ${key} is empty`,
    type: (key: string, type: string) => `The label ${key} is not ${type}`,
  },
  bad: [
    {
      title: "keys",
      source:
        "FROM a\nLABEL «Vendor»=b «a..b»=c «1a»=d \\\n  «a_b»=e f=g\nLABEL «com.docker.x» y\nONBUILD LABEL «x-»=1\n",
      fixed: "FROM a\nLABEL vendor=b a.b=c a=d \\\n  a-b=e f=g\nLABEL com.docker.x y\nONBUILD LABEL x=1\n",
    },
    {
      title: "values of specified labels",
      source:
        'FROM a\nLABEL org.opencontainers.image.source=«"github.com/a/b"» org.opencontainers.image.licenses=«"Apache 2.0"»\nLABEL org.opencontainers.image.created=«2026-01-31» org.opencontainers.image.url=«""»\n',
    },
    {
      title: "required ones, with types",
      source: "FROM a AS b\nLABEL team=x\nFROM «c»\nLABEL version=«1.0» mail=«nobody» commit=«12345» x=y\n",
      context: { options: { required: ["team", "version:semver", "mail:email", "commit:hash"] } },
      fixed:
        'FROM a AS b\nLABEL team=x\nFROM c\nLABEL team="VALUE"\nLABEL version=1.0 mail=nobody commit=12345 x=y\n',
    },
    {
      title: "superfluous ones",
      source: "FROM a\nLABEL team=x «other»=y\n",
      context: { options: { required: ["team:text"], onlyRequired: true } },
      fixed: "FROM a\nLABEL team=x\n",
    },
  ],
  good: [
    {
      title: "keys and values",
      source:
        'FROM a\nLABEL org.opencontainers.image.source="https://example.com/a" org.opencontainers.image.licenses="MIT OR (Apache-2.0 AND BSD-3-Clause)"\nLABEL a.b-c1="" "com.example.x"=y com.docker.extension.z=1\nLABEL org.opencontainers.image.created="2026-01-31T12:00:00Z"\n',
    },
    {
      title: "variables",
      source:
        "FROM a\nARG DATE\nARG K=x\nLABEL org.opencontainers.image.created=$DATE ${K}=1 org.opencontainers.image.url=${U:-x}\n",
    },
    {
      title: "required ones, from the stage that it is built on",
      source: "FROM a AS b\nLABEL team=x\nFROM b\nLABEL version=1.0.0-rc.1 commit=$C\n",
      context: { options: { required: ["team", "version:semver", "commit:hash"], onlyRequired: true } },
    },
  ],
  check(document, { options, report }) {
    const required = requiredLabels(options.required);
    const labels = labelsOf(document);
    for (const label of labels) {
      const { name, nameSpan, valueSpan, value } = label.pair;
      const key = shorten(name);
      const fault = keyFault(document, label);
      if (fault !== undefined)
        report(fault, [key], {
          at: nameSpan,
          fixes: fault === "form" && labels.length <= maxRewrittenLabels ? keyFixes(document, label) : [],
        });
      else if (options.onlyRequired && name !== "" && !name.includes("$") && !required.has(name))
        report("superfluous", [key], { at: nameSpan, fixes: withoutLabel(document, label) });
      const type = required.get(name) ?? knownLabels.get(name);
      if (type === undefined || value === undefined || /[$`]/.test(value)) continue;
      const at = valueSpan.end > valueSpan.start ? valueSpan : nameSpan;
      if (value.trim() === "") report("empty", [key], { at });
      else if (!isOfType(value, type)) report("type", [key, labelTypeNames[type]], { at });
    }
    const { finalStage } = document;
    if (finalStage === undefined || required.size === 0) return;
    const stages = finalStages(document);
    const present = new Set(
      labels.flatMap(({ instruction, pair }) =>
        stages.has(instruction.stageIndex) && !instruction.onbuild ? [pair.name] : [],
      ),
    );
    const at = finalStage.from.image?.span ?? finalStage.from.keywordSpan;
    for (const key of required.keys())
      if (key !== "" && !present.has(key))
        report("missing", [shorten(key)], { at, fixes: labelFixes(document, finalStage, key) });
  },
});
