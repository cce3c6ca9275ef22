import type { Expression, Node, Property } from "acorn";

/**
 * The English texts that an expression can make, each with `{name}` where a value is put in. Texts that are chosen by
 * a condition are told apart, so that every language can say each in its own way.
 * @param constants the texts of the file's own constants, by name
 */
export function templatesOf(expression: Node, constants: ReadonlyMap<string, string>): readonly string[] {
  return new Texts(constants).of(expression as Expression).map(numberTwice);
}

/** More ways than this in which one expression can be put together are a sign of something else than a sentence. */
const mostTemplates = 16;

class Texts {
  constructor(private readonly constants: ReadonlyMap<string, string>) {}

  of(node: Expression): readonly string[] {
    switch (node.type) {
      case "Literal":
        return [typeof node.value === "string" ? node.value : String(node.value)];
      case "TemplateLiteral": {
        const parts = node.quasis.flatMap(({ value }, index) => {
          const between = node.expressions[index];
          const text = [[value.cooked ?? ""]];
          return between === undefined ? text : [...text, [...this.inner(between)]];
        });
        return product(parts);
      }
      case "ConditionalExpression":
        return [...this.of(node.consequent), ...this.of(node.alternate)];
      case "LogicalExpression":
        return [...this.of(node.left as Expression), ...this.of(node.right)];
      case "BinaryExpression":
        return node.operator === "+" && isText(node)
          ? product([[...this.inner(node.left as Expression)], [...this.inner(node.right)]])
          : [`{${nameOf(node)}}`];
      default:
        return this.inner(node);
    }
  }

  /** What stands inside of a text: one of several texts, or any value. */
  private inner(node: Expression): readonly string[] {
    if (node.type === "Identifier") {
      const constant = this.constants.get(node.name);
      return [constant ?? `{${node.name}}`];
    }
    if (node.type === "ConditionalExpression") {
      const choices = [...this.of(node.consequent), ...this.of(node.alternate)];
      return choices.every((choice) => !/^\{\w+\}$/.test(choice)) ? choices : [`{${nameOf(node)}}`];
    }
    if (node.type === "TemplateLiteral" || node.type === "BinaryExpression") return this.of(node);
    if (node.type === "Literal" && typeof node.value === "string") return [node.value];
    return [`{${nameOf(node)}}`];
  }
}

/** Whether a sum puts texts together: `index + 1` is a number. */
function isText(sum: Expression): boolean {
  const parts = partsOf(sum);
  const isLiteral = (part: Expression, type: "string" | "number"): boolean =>
    part.type === "Literal" && typeof part.value === type;
  return (
    parts.some((part) => part.type === "TemplateLiteral" || isLiteral(part, "string")) ||
    !parts.some((part) => isLiteral(part, "number"))
  );
}

function partsOf(node: Expression): readonly Expression[] {
  if (node.type !== "BinaryExpression" || node.operator !== "+") return [node];
  return [...partsOf(node.left as Expression), ...partsOf(node.right)];
}

function product(parts: readonly (readonly string[])[]): readonly string[] {
  let texts: readonly string[] = [""];
  for (const part of parts) {
    texts = texts.flatMap((text) => part.map((next) => text + next));
    if (texts.length > mostTemplates) return [];
  }
  return texts;
}

/** What a value is called in a template: by its name where it has one, else by what it is made of. */
function nameOf(node: Node): string {
  const each = node as Expression | Property;
  switch (each.type) {
    case "Identifier":
      return each.name;
    case "MemberExpression":
      return !each.computed && each.property.type === "Identifier" && each.property.name !== "length"
        ? each.property.name
        : nameOf(each.object);
    case "CallExpression": {
      const [first] = each.arguments;
      const named = first === undefined ? undefined : nameOf(first);
      if (named !== undefined && named !== "value") return named;
      return each.callee.type === "Super" ? "value" : nameOf(each.callee);
    }
    case "BinaryExpression":
      return nameOf(each.left);
    case "ChainExpression":
    case "ParenthesizedExpression":
      return nameOf(each.expression);
    case "LogicalExpression":
      return nameOf(each.left);
    case "ConditionalExpression":
      return nameOf(each.test);
    default:
      return "value";
  }
}

/** Two values of one name are told apart by a number: `{name}`, `{name2}`. */
function numberTwice(template: string): string {
  const seen = new Map<string, number>();
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? `{${name}}` : `{${name}${count}}`;
  });
}
