// Audit pages, given as a JSON list, with Lighthouse, and print a line of JSON for each and each device.
import * as chrome from "chrome-launcher";
import lighthouse from "lighthouse";
import desktop from "lighthouse/core/config/desktop-config.js";

const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const TRIES = 5; // for performance alone: what else the machine does at the time slows a page down
const FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic"];
const mobile = { extends: "lighthouse:default" };

const browser = await chrome.launch({ chromeFlags: FLAGS });
try {
  for (const page of JSON.parse(process.argv[2])) {
    for (const [device, config] of Object.entries({ mobile, desktop })) {
      console.log(JSON.stringify({ ...page, device, ...(await best(page, config)) }));
    }
  }
} finally {
  browser.kill();
}

async function best(page, config) {
  let best;
  for (let tried = 0; tried < TRIES && best?.scores.performance !== 100; tried++) {
    const found = await audit(page, config);
    if (!best || found.scores.performance > best.scores.performance) best = found;
  }
  return best;
}

async function audit({ url, without }, config) {
  const onlyCategories = CATEGORIES.filter((category) => category !== without);
  const flags = { port: browser.port, logLevel: "error", onlyCategories };
  const { lhr } = await lighthouse(url, flags, config);
  if (lhr.runtimeError) throw new Error(`${url}: ${lhr.runtimeError.message}`);
  const categories = Object.values(lhr.categories);
  const { audits } = lhr;
  const shift = audits["cumulative-layout-shift"].numericValue;
  const failed = categories
    .filter(({ score }) => score < 1)
    .flatMap(({ auditRefs }) => auditRefs)
    .filter(({ id, weight }) => weight > 0 && audits[id].score !== null && audits[id].score < 1)
    .map(({ id }) => id);
  if (shift > 0) failed.push("layout-shifts");
  return {
    scores: Object.fromEntries(categories.map(({ id, score }) => [id, Math.round(score * 100)])),
    shift,
    bytes: audits["total-byte-weight"].numericValue,
    failed: failed.map((id) => failure(audits[id])),
  };
}

// What an audit has against a page, and the first places it says that of.
function failure({ id, title, displayValue, explanation, details }) {
  const places = (details?.items ?? []).slice(0, 3);
  const told = places.map(({ node, url, description }) => node?.snippet ?? url ?? description);
  return [`${id}: ${title}`, displayValue, explanation, ...told].filter(Boolean).join("\n    ");
}
