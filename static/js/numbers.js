// Swedish numbers: the same rules as governance/rules.py, held together by tests/data/numbers.json.

const SPACES = /[\s\u00a0\u2009\u202f]/g;
const PLAIN = /^-?(\d+(\.\d*)?|\.\d+)$/;
const POINT_GROUPS = /^-?\d{1,3}((\.\d{3}){2,}(?=,|$)|(\.\d{3})+(?=,))/;

/** "2 577,2", "−24,2", "88,1 %" -> canonical text "2577.2" (exact, the scale as entered); null when it is not a number. */
export function parseSwedish(text) {
  let cleaned = text.replace(SPACES, "").replaceAll("\u2212", "-").replace(/%$/, "").replace(/^\+/, "");
  cleaned = cleaned.replace(POINT_GROUPS, (groups) => groups.replaceAll(".", ""));
  if (!cleaned.includes(".")) cleaned = cleaned.replace(",", ".");
  return PLAIN.test(cleaned) ? canonical(cleaned) : null;
}

function canonical(text) {
  const negative = text.startsWith("-");
  const [whole, part = ""] = text.replace("-", "").split(".");
  const digits = (whole.replace(/^0+(?=\d)/, "") || "0") + (part ? `.${part}` : "");
  return (negative ? "-" : "") + digits;
}

/** Half away from zero, on digits and never on a float: ("6.945", 2) -> "6,95". A value that rounds to zero has no sign. */
export function swedish(value, decimals) {
  const [whole, part = ""] = value.replace("-", "").split(".");
  const shown = decimals ?? part.length;
  const kept = BigInt(whole + part.padEnd(shown, "0").slice(0, shown)) + (Number(part[shown] ?? 0) >= 5 ? 1n : 0n);
  const digits = kept.toString().padStart(shown + 1, "0");
  const grouped = digits.slice(0, digits.length - shown).replace(/\B(?=(\d{3})+$)/g, "\u00a0");
  return (value.startsWith("-") && kept > 0n ? "\u2212" : "") + grouped + (shown ? `,${digits.slice(-shown)}` : "");
}

const OPEN_END = /^(som lägst|som mest|minst|lägst|högst|maximalt|max|mer än|högre än|över|mindre än|lägre än|under|≥|>=|=>|≤|<=|=<|>|<)(?=[\s\d+\-\u2212.,])/;
const FRACTION = /^([^/]+?)\s*(?:\sav\s|\/)\s*([^/]+)$/;

const isNumber = (text) => parseSwedish(text.replace(/\s*procent$/, "")) !== null;

/** ">80 %", "minst 5": one open end, as targets/outcomes/rules/outcome_input.py reads it. */
export function isInequality(text) {
  const plain = text.toLowerCase().trim().replace(/\s+/g, " ");
  const sign = OPEN_END.exec(plain);
  return sign !== null && isNumber(plain.slice(sign[0].length));
}

/** What a value field takes without being told: a number, an inequality, "228 av 413". The server has the last word. */
export function readsAsOutcome(text) {
  const parts = FRACTION.exec(text.trim());
  return parseSwedish(text) !== null || isInequality(text) || (parts !== null && isNumber(parts[1]) && isNumber(parts[2]));
}
