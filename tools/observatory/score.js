// Score a server on loopback as developer.mozilla.org/observatory does: score.js HTTP-PORT HTTPS-PORT PATH
// The package's own `scan` knows the usual ports alone; all that it calls is called here.
import { existsSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const observatory = new URL(".", import.meta.resolve("@mdn/mdn-http-observatory"));
// The list of hosts that browsers know to be encrypted, which an installation downloads; localhost is none.
const preloaded = fileURLToPath(new URL("../conf/hsts-preload.json", observatory));
if (!existsSync(preloaded)) writeFileSync(preloaded, "{}");

const part = (name) => import(new URL(name, observatory));
const { ALL_TESTS } = await part("constants.js");
const { MINIMUM_SCORE_FOR_EXTRA_CREDIT } = await part("grader/charts.js");
const { getGradeForScore, getScoreModifier } = await part("grader/grader.js");
const { retrieve } = await part("retriever/retriever.js");

const [httpPort, httpsPort, path] = process.argv.slice(2);
const answers = await retrieve("localhost", { httpPort, httpsPort, path });
if (!answers.responses.https?.verified) throw new Error("no encrypted answer that can be trusted");

const results = ALL_TESTS.map((test) => test(answers));
const modifiers = results.map(({ result }) => getScoreModifier(result));
const sum = (numbers) => numbers.reduce((total, number) => total + number, 100);
const withoutCredit = sum(modifiers.filter((modifier) => modifier < 0));
const { score, grade } = getGradeForScore(
  withoutCredit >= MINIMUM_SCORE_FOR_EXTRA_CREDIT ? sum(modifiers) : withoutCredit,
);
console.log(JSON.stringify({
  score,
  grade,
  tests: results.map(({ result, pass }, index) => ({ result, pass, modifier: modifiers[index] })),
}));
