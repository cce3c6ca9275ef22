/** What `plimsoll --help` prints. */
export const help = `Plimsoll checks Dockerfiles and Compose files for what an attacker would use.

Usage
  plimsoll check [PATH…]    find; PATH is a file or a folder, by default the working directory
  plimsoll fix [PATH…]      apply safe fixes
  plimsoll merge PART…      put the reports of shards together, JSON or SARIF: the same bytes as one run
  plimsoll inventory [PATH…]  every image that files name: how it is pinned, its end of life, whether it is approved
  plimsoll report --webhook URL [RESULT]  send a JSON result as flat rows; standard input where none is named
  plimsoll compliance [PATH…]  a framework, item by item, each with its evidence
  plimsoll pin [PATH…]      pin images to their digests, keeping the tags
  plimsoll image REF        what the registry tells of an image: age, user, SBOM, signatures
  plimsoll init [FOLDER]    write a commented plimsoll.yaml from what the repository already does
  plimsoll export FORMAT    the image policy as rego, source-policy or containers-policy
  plimsoll explain RULE     why a rule is there and how to satisfy it; RULE may be another tool's id
  plimsoll rules            all rules
  plimsoll lsp --stdio      language server, for editors
  plimsoll mcp              tools for agents (Model Context Protocol on standard input and output)

check and fix
  --config FILE             use this plimsoll.yaml, rather than the nearest one of each file
  --no-config               use none
  --profile NAME            recommended (default), strict, cis, hadolint, all
  --rule ID                 run only this rule; may be given several times
  --no-ignore               look at files that .gitignore names, too

check
  --format FORMAT           text (default), json, sarif, html, markdown, csv, junit, github, gitlab,
                            compact
  --output FILE             write there, not to standard output
  --min-severity S          leave out findings below critical, high, medium, low or info
  --fail-on S               end with 1 for findings from this severity on (default: failOn of the configuration,
                            else high), or never
  --strict                  end with 2 where a file, or a part of one, could not be read, or where a registry or
                            a scanner had to tell of an image and did not
  --scan-results FILE       what a scanner said of an image: JSON of Trivy, Grype or Snyk, SARIF of Docker Scout;
                            IMAGE=FILE where the file does not say which image; may be given several times
  --scan SCANNER            with --online: have trivy, grype, scout, snyk, or the one that is there (auto), scan
                            the images; SCANNER=PATH for a program that is not on the path
  --since FILE              report only what is new since the run whose --format json is FILE
  --remember                then write this run's result there, for the next time
  --online                  ask the registries whether pinned images are what their tags stand for, what the policy
                            demands of images, and, for html and json, what there is to tell of each
  --registry HOST           ask this registry, too
  --baseline FILE           accept what this file lists, rather than the nearest plimsoll.baseline.json
  --no-baseline             accept nothing
  --update-baseline         accept what is found now, and take out what is fixed
  --shrink-only             with --update-baseline: only take out
  --reason TEXT             with --update-baseline: why it is accepted
  --shard I/N               check the I-th of N parts: which file is in which depends on its path alone
  --cache                   keep results for the next run, in the user's folder for caches: see docs/pipelines.md
  --cache-location DIR      keep them there
  --stdin                   check standard input
  --stdin-filename NAME     what it would be called: tells its kind, its configuration, its place in reports

fix
  --unsafe                  also apply the first fix of findings that have no safe one
  --dry-run                 print the changes as a unified diff, write nothing

merge
  --format FORMAT           any format of check where the parts are JSON; by default that of the parts
  --output, --fail-on, --strict  as for check

inventory
  --format FORMAT           cyclonedx (default: CycloneDX 1.6 JSON), csv
  --output, --strict, --config, --no-config, --no-ignore  as for check
  --online, --registry HOST  ask the registries: digest, age, moved pins, signatures, SBOM, provenance

report
  --webhook URL             https or http; signed by HMAC-SHA256 with the secret in PLIMSOLL_WEBHOOK_SECRET
  --min-severity S          as for check
  --dry-run                 print what would be sent, send nothing

compliance (takes --config, --no-config, --no-ignore, too)
  --framework NAME          cis-1.6, cis-1.7, nist-800-190, owasp-docker-top10, owasp-cheatsheet, pci-dss-4, iso-27001
  --format FORMAT           markdown (default), html, json
  --output FILE             write there, not to standard output

pin
  --online                  ask the registries; nothing is sent without it
  --registry HOST           ask this registry, too, beside the well-known ones and those you have logged in to
  --update                  also move on pins whose tag stands for another image by now
  --check                   end with 1 where an image is not pinned, or with --online not to what its tag stands for
  --dry-run                 print the changes as a unified diff, write nothing
  --format FORMAT           text (default), json

image
  --online, --registry HOST as above
  --key FILE                end with 1 unless this public key has signed the image; may be given several times
  --identity NAME --issuer URL
                            the same for a certificate of Sigstore's: whom it names (* for a part), who vouches for it
  --format FORMAT           text (default), json

init
  --dry-run                 print it, write nothing
  --force                   write over an existing plimsoll.yaml

export
  --output FILE             write there, not to standard output
  --config FILE             of this plimsoll.yaml, rather than the one that counts in the working directory

rules
  --format FORMAT           text (default), json

mcp
  --root FOLDER             the only folder that agents may look at, by default the working directory

Exit codes
  0  nothing at or above --fail-on
  1  findings at or above --fail-on; an item of a framework that fails
  2  wrong usage, wrong configuration, a rule that failed, a run that was stopped,
     or with --strict a file not checked
`;
