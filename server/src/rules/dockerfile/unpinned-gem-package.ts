import { defineRule } from "../../engine/rule";
import { cisDocker, cwe } from "../shared/references";
import { unpinnedInstalls, unpinnedMessage } from "../shared/unpinnedPackages";

export default defineRule({
  id: "unpinned-gem-package",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["RUN"], words: ["gem"] },
  title: "Ruby gems are installed at a version",
  why: `A gem without a version is whatever the registry holds at that minute. Releases of stolen accounts are mostly found and
taken back within hours: builds that take the newest get them, builds with a version do not. And two builds of one
commit differ, so a failure cannot be repeated.

Write \`gem install name:1.2.3\` or \`gem install name -v 1.2.3\`, or put the gem into the Gemfile and go by its lock
file. A range is not reported, since somebody has thought about it, nor are gem files and words with a variable. The fix leaves
a place for the version, since only the registry knows the versions: \`gem list --remote --all name\`.`,
  category: "supply-chain",
  severity: "low",
  profiles: [],
  since: "0.1.0",
  aliases: [
    "hadolint:DL3028",
    "kics:gem_install_without_version",
    "droast:DF053",
    "owasp:RULE#9",
    "cis:4.11",
    "cwe:1357",
  ],
  references: [
    {
      title: "RubyGems: command reference",
      url: "https://guides.rubygems.org/command-reference/#gem-install",
    },
    cisDocker,
    cwe(1357, "Reliance on insufficiently trustworthy component"),
  ],
  messages: { unpinned: unpinnedMessage },
  bad: [
    {
      title: "one, several and some",
      source:
        "FROM ruby:3.4\nRUN «gem install» bundler\nRUN «gem install» --no-document bundler:2.7.2 rails puma\n",
      fixed:
        "FROM ruby:3.4\nRUN gem install bundler:VERSION\nRUN gem install --no-document bundler:2.7.2 rails:VERSION puma:VERSION\n",
    },
    {
      title: "in exec form, with flags for the build, in a trigger",
      source:
        'FROM ruby:3.4\nRUN [«"gem", "install"», "bundler"]\nRUN «gem install» nokogiri -- --use-system-libraries\nONBUILD RUN «gem i» rake\n',
      fixed:
        'FROM ruby:3.4\nRUN ["gem", "install", "bundler"]\nRUN gem install nokogiri:VERSION -- --use-system-libraries\nONBUILD RUN gem i rake:VERSION\n',
    },
  ],
  good: [
    {
      title: "versions",
      source:
        "FROM ruby:3.4\nRUN gem install bundler:2.7.2 rake:$RAKE_VERSION && gem install rails -v 8.1.1 && gem install puma --version='~> 7'\n",
    },
    {
      title: "files",
      source: "FROM ruby:3.4\nRUN gem install ./a.gem b.gem --local && gem install -g Gemfile\n",
    },
    {
      title: "flags for the build",
      source: "FROM ruby:3.4\nRUN gem install nokogiri:1.18.10 -- --with-xml2-dir /usr\n",
    },
    {
      title: "variables, other commands and text",
      source:
        "FROM ruby:3.4\nRUN gem install $GEMS && gem update --system && bundle install && echo gem install rake\n",
    },
  ],
  check(document, { report }) {
    for (const { packages, span, fixes } of unpinnedInstalls(document, "gem"))
      report("unpinned", [packages], { at: span, fixes });
  },
});
