// Swedish numbers, by the rules of figures/rules/numbers.py: its patterns, and tests/data/numbers.json for both.
import { RULES } from "./number_rules.js";

const [UNSEEN, SPACES] = [RULES.unseen, RULES.spaces].map((pattern) => new RegExp(pattern, "g"));
const [NUMBER, WITH_UNIT, TWO_WAYS, IN_PER_CENT] = [RULES.number, RULES.withUnit, RULES.twoWays, RULES.inPerCent].map((pattern) => new RegExp(pattern));

const onOneLine = (text) => text.replace(UNSEEN, "").replace(SPACES, " ").replace(/^ +| +$/g, "");

/** "2 577,2", "−24,2", "88,1 %" -> canonical text "2577.2" (exact, the scale as entered); null when it is not a number. */
export function parseSwedish(text) {
  const match = NUMBER.exec(onOneLine(text));
  if (!match) return null;
  const [opened, sign, whole, part, after, closed] = match.slice(1).map((group) => group ?? "");
  const isSignedOnce = [opened, sign, after].filter(Boolean).length <= 1;
  if (!(whole || part) || Boolean(opened) !== Boolean(closed) || !isSignedOnce) return null;
  const isNegative = opened || after || !["", "+"].includes(sign);
  return canonical(whole.replace(/[ .]/g, ""), part, isNegative);
}

const canonical = (whole, part, isNegative) => (isNegative ? "-" : "") + (whole.replace(/^0+(?=\d)/, "") || "0") + (part ? `.${part}` : "");

/** The same in the row's own unit; null too where it is written in another or can be read in two ways. */
export function readNumber(text, unit) {
  const [, number = "", written = ""] = WITH_UNIT.exec(onOneLine(text)) ?? [];
  const value = parseSwedish(number);
  const power = powerBetween(written, unit);
  return value === null || power === null || TWO_WAYS.test(number) ? null : exact(shifted(value, power));
}

function canonicalUnit(label) {
  const plain = label.toLowerCase().replace(SPACES, " ").replace(/^ +| +$/g, "").replace(/\.+$/, "");
  return RULES.units[plain] ?? plain;
}

function powerBetween(...labels) {
  const [written, own] = labels.map(canonicalUnit);
  if (["", own].includes(written) || (written === RULES.perCent && IN_PER_CENT.test(own))) return 0;
  const { [written]: from, [own]: to } = RULES.money;
  return from === undefined || to === undefined ? null : from - to;
}

function digitsOf(value) {
  const [whole, part = ""] = value.replace("-", "").split(".");
  return [whole, part, value.startsWith("-")];
}

function shifted(value, power) {
  const [whole, part, isNegative] = digitsOf(value);
  const digits = "0".repeat(Math.max(0, -power)) + whole + part.padEnd(Math.max(0, power), "0");
  const at = digits.length - Math.max(0, part.length - power);
  return canonical(digits.slice(0, at), digits.slice(at), isNegative);
}

function exact(value) {
  const [whole, part, isNegative] = digitsOf(value);
  const over = (whole + part).replace(/^0+/, "").length - RULES.exactDigits;
  if (over <= 0 || !part) return value;
  const kept = scaled(value, Math.max(0, part.length - over));
  return canonical(kept.whole, kept.part.replace(/0+$/, ""), isNegative);
}

/** Half away from zero, on digits and never on a float. */
function scaled(value, decimals) {
  const [whole, part] = digitsOf(value);
  const kept = BigInt(whole + part.padEnd(decimals, "0").slice(0, decimals)) + (Number(part[decimals] ?? 0) >= 5 ? 1n : 0n);
  const digits = kept.toString().padStart(decimals + 1, "0");
  const at = digits.length - decimals;
  return { whole: digits.slice(0, at), part: digits.slice(at), isZero: kept === 0n };
}

/** ("6.945", 2) -> "6,95". A value that rounds to zero has no sign. */
export function swedish(value, decimals) {
  const [, own, isNegative] = digitsOf(value);
  const { whole, part, isZero } = scaled(value, decimals ?? own.length);
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, "\u00a0");
  return (isNegative && !isZero ? "\u2212" : "") + grouped + (part ? `,${part}` : "");
}
