import type { ShellCommand } from "../../documents/shell/model";
import { operandsOf } from "../../documents/shell/queries";
import { type Span, spanOf } from "../../text/span";

/** A command that makes a private key. */
export interface KeyGeneration {
  /** The program and the word that says so, without options. */
  readonly span: Span;
  /** The program. */
  readonly name: string;
  /** What the key is for: `host` where it identifies the machine to SSH clients. */
  readonly kind: "host" | "key";
  /** The file that gets the key, as written; undefined where the program decides or it is not known. */
  readonly file: string | undefined;
}

/**
 * Whether a command makes a private key, by the manuals of `ssh-keygen`, `openssl`, `keytool`, `gpg` and others. Other
 * uses of these programs (`ssh-keygen -R`, `openssl req -key`) are not meant.
 */
export function keyGeneration({ unwrapped }: ShellCommand): KeyGeneration | undefined {
  const { program, name, arguments: words } = unwrapped;
  const form = forms.get(program);
  if (form === undefined || name === undefined) return undefined;
  const values = words.map(({ value, literalPrefix }) => value ?? literalPrefix);
  const word = form.makes(values);
  if (word === undefined) return undefined;
  const told = words[values.indexOf(word)];
  const isOperand = told !== undefined && operandsOf(unwrapped)[0] === told;
  const at = values.findIndex((value) => form.file?.includes(value));
  const file = at < 0 ? undefined : words[at + 1]?.text.replace(/["']/g, "");
  const isHost =
    (program === "ssh-keygen" && word === "-A") ||
    /ssh_host_|dropbear/.test(file ?? "") ||
    program === "dpkg-reconfigure";
  return {
    span: spanOf(name.span.start, isOperand ? told.span.end : name.span.end),
    name: program,
    kind: isHost ? "host" : "key",
    file,
  };
}

interface Form {
  /** The word that says that a key is made; undefined where none is. An empty one stands for the program itself. */
  makes(values: readonly string[]): string | undefined;
  /** Options before the file that gets the key. */
  readonly file?: readonly string[];
}

const first = (values: readonly string[], ...wanted: readonly string[]): string | undefined =>
  values.find((value) => wanted.includes(value));

const opensslCommands = ["genrsa", "gendsa", "genpkey"];

const forms: ReadonlyMap<string, Form> = new Map<string, Form>([
  [
    "ssh-keygen",
    {
      makes: (values) =>
        values.some((value) => /^-[a-zA-Z]*[RFHlLyceipBsIQDkUMGTYE]/.test(value))
          ? undefined
          : (values[0] ?? ""),
      file: ["-f"],
    },
  ],
  [
    "openssl",
    {
      makes: (values) => {
        const command = values[0] ?? "";
        if (opensslCommands.includes(command)) return command;
        if (command === "ecparam") return values.includes("-genkey") ? command : undefined;
        if (command !== "req") return undefined;
        const isNew = values.some((value) => value === "-newkey" || value === "-new" || value === "-x509");
        return isNew && !values.includes("-key") ? command : undefined;
      },
      file: ["-keyout", "-out"],
    },
  ],
  [
    "keytool",
    { makes: (values) => first(values, "-genkeypair", "-genkey", "-genseckey"), file: ["-keystore"] },
  ],
  [
    "gpg",
    {
      makes: (values) =>
        first(
          values,
          "--gen-key",
          "--full-gen-key",
          "--quick-gen-key",
          "--generate-key",
          "--full-generate-key",
        ),
    },
  ],
  ["certtool", { makes: (values) => first(values, "--generate-privkey"), file: ["--outfile"] }],
  ["dropbearkey", { makes: (values) => first(values, "-t"), file: ["-f"] }],
  ["age-keygen", { makes: (values) => (values.includes("-y") ? undefined : ""), file: ["-o"] }],
  ["mkcert", { makes: (values) => (values.every((value) => value.startsWith("-")) ? undefined : values[0]) }],
  ["wg", { makes: (values) => first(values.slice(0, 1), "genkey") }],
  [
    "easyrsa",
    { makes: (values) => first(values, "build-ca", "gen-req", "build-server-full", "build-client-full") },
  ],
  ["make-ssl-cert", { makes: (values) => values[0] }],
  ["dpkg-reconfigure", { makes: (values) => first(values, "openssh-server") }],
]);
