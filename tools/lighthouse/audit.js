// Audit pages, given as a JSON list, with Lighthouse, and print a line of JSON for each and each device.
import * as chrome from "chrome-launcher";
import lighthouse from "lighthouse";
import desktop from "lighthouse/core/config/desktop-config.js";

const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const TRIES = 3; // for performance alone: what else the machine does at the time slows a page down
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
  const counted = categories.flatMap(({ auditRefs }) => auditRefs).filter(({ weight }) => weight);
  return {
    scores: Object.fromEntries(categories.map(({ id, score }) => [id, Math.round(score * 100)])),
    shift: lhr.audits["cumulative-layout-shift"].numericValue,
    bytes: lhr.audits["total-byte-weight"].numericValue,
    failed: counted.flatMap(({ id }) => failure(lhr.audits[id])),
  };
}

// What an audit has against a page, and the first places it says that of.
function failure({ id, title, score, displayValue, explanation, details }) {
  if (score === null || score >= 0.9) return [];
  const places = (details?.items ?? []).slice(0, 3);
  const told = places.map(({ node, url, description }) => node?.snippet ?? url ?? description);
  return [[`${id}: ${title}`, displayValue, explanation, ...told].filter(Boolean).join("\n    ")];
}
