import assert from "node:assert/strict";
import test from "node:test";
import { createSay } from "../../../server/src/lsp/say";

function sayWith(texts: Readonly<Record<string, string>>, inner = 0) {
  return createSay({ english: Object.keys(texts), translated: Object.values(texts), inner });
}

test("a text without values is translated as a whole, and what is unknown stays", () => {
  const say = sayWith({ "Lock the account": "Das Konto sperren" });
  assert.equal(say("Lock the account"), "Das Konto sperren");
  assert.equal(say("Lock the accounts"), "Lock the accounts");
  assert.equal(say(""), "");
});

test("values go to their places, in the order of the language", () => {
  const say = sayWith({ "{0} comes from {1}": "{1} ist die Herkunft von {0}" });
  assert.equal(say("node:22 comes from docker.io"), "docker.io ist die Herkunft von node:22");
  assert.equal(say(" comes from docker.io"), " comes from docker.io", "a value has at least a character");
});

test("a value may look like a place for values", () => {
  const say = sayWith({ "{0} comes from {1}": "{0} kommt von {1}" });
  assert.equal(say("{1} comes from $& {0}"), "{1} kommt von $& {0}");
});

test("a value that is a phrase of ours is translated, one that is a word is not", () => {
  const say = sayWith({
    "Code in {0} can {1}": "Code in {0} kann {1}",
    "restart the host": "den Host neu starten",
    web: "Netz",
  });
  assert.equal(say("Code in web can restart the host"), "Code in web kann den Host neu starten");
});

test("of several that fit, the one whose values are known is meant, then the longest", () => {
  const say = sayWith({
    "With {0}, {1} can {2}": "A {0} {1} {2}",
    "With {0}, {1} {2}": "B {0} {1} {2}",
    "can be stopped": "ist zu stoppen",
    "{0} is denied": "C {0}",
    "{0} is denied: {1}": "D {0} {1}",
  });
  assert.equal(say("With x, web can be stopped"), "B x web ist zu stoppen");
  assert.equal(say("With x, web can fly"), "A x web fly");
  assert.equal(say("node is denied: old"), "D node old");
});

test("what is known of a value in part counts as not known", () => {
  const say = sayWith(
    {
      "With {0}, {1} can {2}": "A {0} {1} {2}",
      "With {0}, {1} {2}": "B {0} {1} {2}",
      "can be stopped by a flood": "ist durch eine Flut zu stoppen",
      "{0} by {1}": "{0} durch {1}",
    },
    1,
  );
  assert.equal(say("With x, web can be stopped by a flood"), "B x web ist durch eine Flut zu stoppen");
});

test("a list inside of a text is translated to its end", () => {
  const say = sayWith(
    {
      "It wants {0} for {1}": "{1}: {0}",
      "a text": "T",
      "a list": "L",
      "a map": "M",
      "{0} or {1}": "{0} oder {1}",
    },
    1,
  );
  assert.equal(say("It wants a text or a list or a map or a text for x"), "x: T oder L oder M oder T");
});

test("where only a blank separates two values, a known phrase says where the second begins", () => {
  const say = sayWith({ "With this, {0} {1}": "Damit {0} {1}", "sees every device": "sieht jedes Gerät" });
  assert.equal(say("With this, the container sees every device"), "Damit the container sieht jedes Gerät");
});

test("texts that only stand inside of others are not found alone", () => {
  const say = sayWith({ "Set {0}": "{0} setzen", "{0} and {1}": "{0} und {1}" }, 1);
  assert.equal(say("Set A and B"), "A und B setzen");
  assert.equal(say("this and that"), "this and that");
});

test("parts between dots, a full stop or a capital that is missing, and an ellipsis", () => {
  const say = sayWith({
    "runs as {0}": "läuft als {0}",
    "{0} of {1} controls": "{0} von {1} Kontrollen",
    "A quote is not closed.": "Ein Anführungszeichen fehlt.",
    "It cannot be read: {0}": "Nicht lesbar: {0}",
    "Ignore {0} in this file": "{0} in dieser Datei ignorieren",
  });
  assert.equal(say("runs as root · 6 of 9 controls"), "läuft als root · 6 von 9 Kontrollen");
  assert.equal(say("It cannot be read: a quote is not closed"), "Nicht lesbar: Ein Anführungszeichen fehlt");
  assert.equal(say("Ignore sudo-in-run in this file…"), "sudo-in-run in dieser Datei ignorieren…");
});

test("hostile texts end soon and stay as they are", () => {
  const say = sayWith({ "{0} and {1} and {2} and {3} or": "x", "{0} {1} {2} {3}; {4}": "y" });
  const long = " and".repeat(100_000);
  assert.equal(say(long), long);
  const wide = `${"a ".repeat(1_900)}b`;
  assert.equal(say(wide), wide);
});
