/** An option of a program whose value is a credential, from the program's manual. */
export interface OptionForm {
  /** With its dashes. */
  readonly option: string;
  /** Whether the value may stand in the option's own word (`-psecret`, `--password=secret`), or must, or cannot. */
  readonly attached: "may" | "only" | "never";
  /** The secret in the value, as the first group; the whole value where it is missing. */
  readonly form?: RegExp;
}

const userAndPassword = /^[^:]{0,200}:(.{1,300})$/;
const header =
  /^(?:(?:proxy-)?authorization:\s{0,5}(?:bearer|basic|token)\s{1,5}|(?:x-api-key|private-token|x-auth-token|job-token|x-vault-token|x-jfrog-art-api|circle-token|x-octopus-apikey|api-key)\s{0,5}:\s{0,5})(\S{1,500})$/i;

function options(names: string, form?: RegExp): readonly OptionForm[] {
  return names
    .split(" ")
    .map((option) => ({ option, attached: "may" as const, ...(form === undefined ? {} : { form }) }));
}

/** `-p` of MySQL and 7-Zip takes only what is attached to it; a word after it is something else. */
function attachedOnly(option: string): readonly OptionForm[] {
  return [{ option, attached: "only" }];
}

function separate(names: string): readonly OptionForm[] {
  return names.split(" ").map((option) => ({ option, attached: "never" as const }));
}

const mysql = [...attachedOnly("-p"), ...attachedOnly("--password")];
const login = options("-p --password");
const openssl = [...options("-passout -passin -pass -password", /^pass:(.{1,300})$/), ...separate("-k")];

/** By program: these take a credential where others can read it. */
export const credentialOptions: ReadonlyMap<string, readonly OptionForm[]> = new Map([
  [
    "curl",
    [
      ...options("-u --user -U --proxy-user", userAndPassword),
      ...options("-H --header", header),
      ...options("--oauth2-bearer"),
    ],
  ],
  [
    "wget",
    [
      ...options("--password --http-password --ftp-password --proxy-password"),
      ...options("--header", header),
    ],
  ],
  ["http", options("-a --auth", userAndPassword)],
  ["lftp", options("-u", /^[^,]{1,200},(.{1,300})$/)],
  ["mount", options("-o", /(?:^|,)(?:password|pass)=([^,]{1,300})/)],
  ["conan", options("-p --password")],
  ["nuget", separate("-Password -password")],
  ["sshpass", options("-p")],
  ["mysql", mysql],
  ["mysqladmin", mysql],
  ["mysqldump", mysql],
  ["mariadb", mysql],
  ["mariadb-admin", mysql],
  ["redis-cli", separate("-a --pass")],
  ["redis-server", separate("--requirepass --masterauth")],
  ["mongo", login],
  ["mongosh", login],
  ["sqlcmd", options("-P")],
  ["x11vnc", separate("-storepasswd -passwd")],
  ["openssl", openssl],
  ["keytool", separate("-storepass -keypass -srcstorepass -deststorepass")],
  ["zip", separate("-P --password")],
  ["unzip", separate("-P")],
  ["7z", attachedOnly("-p")],
  ["svn", options("--password")],
  ["ldapsearch", separate("-w")],
  ["ldapadd", separate("-w")],
  ["smbclient", options("-U", /^[^%]{1,200}%(.{1,300})$/)],
]);
