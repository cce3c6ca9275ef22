import assert from "node:assert/strict";
import test from "node:test";
import { parseCompose } from "../../../server/src/documents/compose/parse";
import { moveToSecretFile } from "../../../server/src/rules/shared/composeSecretFiles";
import { applyEdits } from "../../../server/src/text/edit";

/** The text after the first variable of the first service was moved; undefined where there is no such fix. */
function moved(text: string): string | undefined {
  const document = parseCompose(text);
  const service = document.services[0];
  const named = service?.environment[0];
  assert.ok(service && named);
  const [fix, ...others] = moveToSecretFile(document, service, named);
  assert.deepEqual(others, []);
  if (fix === undefined) return undefined;
  assert.equal(fix.safety, "unsafe");
  assert.ok(!fix.title.includes("horse"), "a title must not say the secret");
  const after = applyEdits(text, fix.edits);
  const model = parseCompose(after);
  assert.deepEqual(model.problems, []);
  const granted = model.services[0]?.secrets.map(({ value }) => value);
  assert.ok(model.secrets.some(({ name }) => granted?.includes(name)));
  assert.ok(!after.includes("horse"));
  return after;
}

test("a map, with comments and sections after it", () => {
  assert.equal(
    moved(
      "services:\n  db:\n    image: postgres:17\n    environment:\n      POSTGRES_PASSWORD: correct-horse # dev\n\nvolumes:\n  a:\n\n# end\n",
    ),
    "services:\n  db:\n    image: postgres:17\n    environment:\n      POSTGRES_PASSWORD_FILE: /run/secrets/db_postgres_password # dev\n    secrets:\n      - db_postgres_password\n\nvolumes:\n  a:\n\nsecrets:\n  db_postgres_password:\n    file: ./secrets/db_postgres_password.txt\n\n# end\n",
  );
});

test("a quoted item, secrets that are there already, and CRLF", () => {
  assert.equal(
    moved(
      'services:\r\n    db:\r\n        image: mysql:8.4\r\n        environment:\r\n        - "MYSQL_ROOT_PASSWORD=correct-horse"\r\n        secrets: [x]\r\nsecrets:\r\n    x:\r\n        file: ./x',
    ),
    'services:\r\n    db:\r\n        image: mysql:8.4\r\n        environment:\r\n        - "MYSQL_ROOT_PASSWORD_FILE=/run/secrets/db_mysql_root_password"\r\n        secrets: [x, db_mysql_root_password]\r\nsecrets:\r\n    x:\r\n        file: ./x\r\n    db_mysql_root_password:\r\n        file: ./secrets/db_mysql_root_password.txt',
  );
});

test("flow style, and a suffix of the image's own", () => {
  assert.equal(
    moved(
      'services: { g: { image: grafana/grafana, environment: { "GF_SECURITY_ADMIN_PASSWORD": "correct-horse" } } }\nsecrets: {}\n',
    ),
    'services: { g: { image: grafana/grafana, environment: { "GF_SECURITY_ADMIN_PASSWORD__FILE": /run/secrets/g_gf_security_admin_password }, secrets: [g_gf_security_admin_password] } }\nsecrets: {g_gf_security_admin_password: { file: ./secrets/g_gf_security_admin_password.txt }}\n',
  );
});

test("nothing where it is not known to work or the text is shared", () => {
  const none = (image: string, variable: string, more = ""): void =>
    assert.equal(
      moved(
        `services:\n  a:\n    image: ${image}\n    environment:\n      ${variable}: correct-horse\n${more}`,
      ),
      undefined,
    );
  none("app:1", "POSTGRES_PASSWORD");
  none("redis:8", "REDIS_PASSWORD");
  none("postgres:17", "OTHER_PASSWORD");
  none("postgres:17", "POSTGRES_PASSWORD", "      POSTGRES_PASSWORD_FILE: /x\n");
  none("postgres:17", "POSTGRES_PASSWORD", "    secrets: &s [x]\n");
  none("postgres:17", "POSTGRES_PASSWORD", "secrets:\n  a_postgres_password:\n    file: ./x\n");
  none("postgres:17", "POSTGRES_PASSWORD", "secrets:\n");
  none("postgres:17", "POSTGRES_PASSWORD", "---\nservices: {}\n");
  const shared = (text: string): void => assert.equal(moved(text), undefined);
  shared(
    "x-e: &e\n  POSTGRES_PASSWORD: correct-horse\nservices:\n  a:\n    image: postgres:17\n    environment: *e\n",
  );
  shared(
    "services:\n  a: &a\n    image: postgres:17\n    environment:\n      POSTGRES_PASSWORD: correct-horse\n  b: *a\n",
  );
  shared(
    "services:\n  a:\n    image: postgres:17\n    environment:\n      POSTGRES_PASSWORD: |-\n        correct-horse\n",
  );
  shared("a:\n  image: postgres:17\n  environment:\n    POSTGRES_PASSWORD: correct-horse\n");
});
