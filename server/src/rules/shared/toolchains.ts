import type { ImageReference } from "../../documents/imageReference";
import type { ShellScript, UnwrappedCommand } from "../../documents/shell/model";
import { operandsOf } from "../../documents/shell/queries";
import { officialName } from "../../knowledge/publishers";

/**
 * Whether an image holds a compiler or a build tool for programs that run without it: those for which the same
 * publisher has a smaller image to run the result, or which build what needs no image at all.
 */
export function isToolchainImage(reference: ImageReference): boolean {
  const tag = reference.tag ?? "";
  const name = officialName(reference);
  if (name === undefined)
    return /^mcr\.microsoft\.com\/dotnet\/(?:core\/)?sdk$/.test(`${reference.domain}/${reference.path}`);
  if (compilers.has(name)) return !/(?:^|-)slim(?:-|$)/.test(tag) || name !== "swift";
  // A JDK's tag says so, but for Temurin's, where it is what a tag without `jre` means.
  if (name === "eclipse-temurin") return !/jre/.test(tag);
  return runtimes.has(name) && /jdk/.test(tag);
}

/** Whether a package of a distribution is a compiler or a build tool. */
export function isToolchainPackage(packageName: string): boolean {
  return (
    toolchainPackages.has(packageName) ||
    /^(?:gcc|g\+\+|clang|llvm|golang)-\d{1,3}(?:\.\d{1,3})?$|^(?:java|openjdk)-?\d[\w.-]{0,12}-(?:openjdk-devel|jdk(?:-headless)?)$/.test(
      packageName,
    )
  );
}

/** Whether a container starts a toolchain as such (`mvn`, `gcc file.c`): then the image is there for it. */
export function startsToolchain({ commands }: ShellScript): boolean {
  return commands.some((command) => {
    const { unwrapped } = command;
    if (!toolPrograms.has(unwrapped.program) || startsAssembly(unwrapped)) return false;
    return !/^(?:run|watch|exec:|spring-boot:|bootRun|jetty:|quarkus:)/.test(
      operandsOf(unwrapped)[0]?.value ?? "",
    );
  });
}

/** `dotnet app.dll` and `dotnet exec app.dll` need the runtime alone. */
function startsAssembly({ program, arguments: words }: UnwrappedCommand): boolean {
  return program === "dotnet" && words.slice(0, 10).some(({ text }) => /\.dll["']?$/i.test(text));
}

const compilers: ReadonlySet<string> = new Set(
  "buildpack-deps dart gcc golang gradle haskell haxe maven nim rust swift".split(" "),
);

const runtimes: ReadonlySet<string> = new Set(
  "adoptopenjdk amazoncorretto ibm-semeru-runtimes openjdk sapmachine tomcat jetty".split(" "),
);

const toolchainPackages: ReadonlySet<string> = new Set(
  [
    "autoconf automake base-devel bazel build-base build-essential cargo clang clang-devel cmake default-jdk",
    "default-jdk-headless g++ gcc gcc-c++ gcc-go go golang golang-bin golang-go gradle llvm maven meson rust rustc",
  ].flatMap((line) => line.split(" ")),
);

const toolPrograms: ReadonlySet<string> = new Set(
  "cargo clang cmake dotnet g++ gcc go gradle gradlew javac make mvn mvnw rustc".split(" "),
);
