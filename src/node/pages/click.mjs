// What a person does with the pages, and what they must never do.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const [base, plain, folder] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const phone = { width: 375, height: 720 };
const desk = { width: 1280, height: 900 };
let claims = 0;

const claim = (holds, what) => {
  if (!holds) throw new Error(what);
  claims++;
};

// A page whose every complaint fails the run; nothing but Sonde may be asked for anything.
const opened = async (browser, options) => {
  const context = await browser.newContext({ viewport: desk, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const fail = (text) => { throw new Error(`${page.url()}: ${text}`); };
  page.on("console", (message) => {
    const expected = message.text().includes("the server responded with a status of 4");
    if (message.type() === "error" && !expected) fail(message.text());
  });
  page.on("pageerror", (error) => fail(error.message));
  page.on("dialog", (dialog) => fail(`a script ran: ${dialog.message()}`));
  page.on("request", (request) => { if (!request.url().startsWith(base)) fail(`asked for ${request.url()}`); });
  return page;
};

const judged = async (page, name) => {
  const session = await page.context().newCDPSession(page);
  const evaluated = async (expression) => {
    const { result, exceptionDetails } = await session.send("Runtime.evaluate", {
      expression, awaitPromise: true, returnByValue: true,
    });
    if (exceptionDetails) throw new Error(JSON.stringify(exceptionDetails));
    return result.value;
  };
  await evaluated(axe);
  const rules = '{ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }';
  const found = await evaluated(
    `axe.run(document, ${rules}).then(r => r.violations.map(v => v.id + ": " + v.help + " " + v.nodes.slice(0, 3).map(n => n.html + " " + n.failureSummary)))`);
  claim(found.length === 0, `${name}: axe-core says\n${found.join("\n")}`);
  const over = await evaluated(
    "document.documentElement.scrollWidth - document.documentElement.clientWidth");
  claim(over <= 0, `${name} scrolls sideways by ${over} px`);
  await session.detach();
};

const shot = (page, name) => page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });

// From the overview to what failed, to its target, and to a probe of one's own.
const flow = async (page) => {
  await page.goto(base);
  claim((await page.title()).includes("failing"), "the tab tells how many fail");
  const failing = page.locator("section", { hasText: "Failing now" });
  await failing.getByRole("link", { name: "nothing listens there" }).first().click();
  claim(/\/probes\/\d+$/.test(page.url()), "a reason leads to its probe");
  const heading = page.getByRole("heading", { level: 1 });
  claim((await heading.textContent()) === "Failed: nothing listens there, or a firewall refuses", "why");
  claim(await page.getByText("Check next").isVisible(), "what to check next");
  await page.getByRole("link", { name: "127.0.0.1:1" }).first().click();
  claim(page.url().includes("/targets?module=tcp_connect"), "a probe leads to its target");
  claim(await page.getByRole("table", { name: /latest .* results?/ }).first().isVisible(), "trends");
  await page.getByRole("link", { name: "Probe now" }).click();
  claim((await page.getByLabel("Target").inputValue()) === "127.0.0.1:1", "the form is filled in");
  await page.getByLabel("Module").selectOption("http_2xx");
  await page.getByLabel("Target").fill(`${plain}/old`);
  await page.getByRole("button", { name: "Probe" }).click();
  claim((await heading.textContent()) === "Passed", "one's own probe passes");
  claim((await page.getByRole("table", { name: /Phases of hop/ }).count()) === 2, "both hops");
  claim(!(await page.content()).includes("never-to-be-seen"), "secrets are masked");
  await page.getByRole("link", { name: "Report as text" }).click();
  claim((await page.content()).includes("Logs for the probe:"), "the report");
};

const filtered = async (page) => {
  await page.goto(base);
  await page.getByLabel("Module").selectOption("http_2xx");
  await page.getByLabel("Target contains").fill("CART");
  await page.getByRole("button", { name: "Filter" }).click();
  claim((await page.getByRole("heading", { level: 1 }).textContent()) === "All 3 targets pass", "filter");
  await page.getByRole("link", { name: "Clear" }).click();
  await page.getByLabel("Result").selectOption("failed");
  await page.getByRole("button", { name: "Filter" }).click();
  claim((await page.locator("td.ok").count()) === 0, "only what failed");
};

const withKeys = async (page) => {
  await page.goto(base);
  await page.keyboard.press("Tab");
  claim((await page.locator(":focus").textContent()) === "Skip to content", "skip link first");
  await page.keyboard.press("Enter");
  for (const key of ["Tab", "Tab", "Tab"]) await page.keyboard.press(key);
  claim((await page.locator(":focus").getAttribute("id")) === "result", "three fields later");
  await page.keyboard.press("f");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForURL(/result=failed/);
  const link = page.locator(".map .bad a").first();
  await link.focus();
  claim(await link.locator("b").evaluate((b) => getComputedStyle(b).clipPath === "none"), "a tile's name");
  const outline = await link.evaluate((a) => getComputedStyle(a).outlineStyle);
  claim(outline === "solid", "focus is visible");
  await page.keyboard.press("Enter");
  await page.waitForURL(/targets\?/);
};

const live = async (page) => {
  await page.goto(base);
  const button = page.getByRole("button", { name: "Live" });
  claim((await button.getAttribute("aria-pressed")) === "false", "nothing moves unasked");
  const answer = page.waitForResponse((response) => response.url() === base);
  await button.click();
  await (await answer).finished();
  claim((await button.getAttribute("aria-pressed")) === "true", "live");
};

const hostile = async (page) => {
  await page.goto(`${base}?target=evil`);
  claim((await page.locator("main script, main img").count()) === 0, "no markup of strangers");
  claim((await page.content()).includes("\\u202etxt.exe\\a"), "hidden characters are shown");
  await page.locator("td.bad a").first().click();
  claim((await page.locator("main script, main img").count()) === 0, "nor on the page of the probe");
};

const pages = (failed, cert) => ({
  overview: "", target: `targets?module=http_2xx&target=${encodeURIComponent(`${plain}/broken`)}`,
  failed, certificate: cert, try: "try", modules: "modules", module: "modules?module=http_2xx",
  status: "status", gone: "probes/999999",
});

const linkOf = async (page, row) => {
  await page.goto(base);
  const href = await page.getByRole("row", { name: row }).locator("a[href^=probes]").first().getAttribute("href");
  return href;
};

const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
try {
  const page = await opened(browser, {});
  const failed = await linkOf(page, /broken/);
  const certificate = await linkOf(page, /account/);
  await flow(page);
  await filtered(page);
  await withKeys(page);
  await live(page);
  await hostile(page);
  const plainPage = await opened(browser, { javaScriptEnabled: false });
  await flow(plainPage);
  await filtered(plainPage);
  for (const colorScheme of ["light", "dark"]) {
    for (const viewport of [desk, phone]) {
      const seen = await opened(browser, { colorScheme, viewport });
      for (const [name, path] of Object.entries(pages(failed, certificate))) {
        await seen.goto(base + path);
        const full = `${name}-${colorScheme}-${viewport.width}`;
        await shot(seen, full);
        await judged(seen, full);
      }
      await seen.context().close();
    }
  }
} finally {
  await browser.close();
}
console.log(`pages: ${claims} claims hold`);
