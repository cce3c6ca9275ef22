import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import Ajv from "ajv";

/** The official schema of CycloneDX 1.6, which the package of its authors brings. */
export function cycloneDxSchema(): ReturnType<Ajv["compile"]> {
  const folder = join(dirname(require.resolve("@cyclonedx/cyclonedx-library/package.json")), "res/schema");
  const schema = (name: string): object =>
    JSON.parse(readFileSync(join(folder, `${name}.SNAPSHOT.schema.json`), "utf8")) as object;
  const ajv = new Ajv({ strict: false, validateFormats: false });
  ajv.addSchema(schema("spdx"), "http://cyclonedx.org/schema/spdx.SNAPSHOT.schema.json");
  ajv.addSchema(schema("jsf-0.82"), "http://cyclonedx.org/schema/jsf-0.82.SNAPSHOT.schema.json");
  return ajv.compile(schema("bom-1.6"));
}
