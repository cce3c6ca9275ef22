import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";

/** Draws `media/icon.svg` to the PNG that the Marketplace wants. Run by hand when the drawing changes. */
async function main(): Promise<void> {
  const media = join(__dirname, "../media");
  const svg = readFileSync(join(media, "icon.svg"), "utf8");
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 256, height: 256 } });
    await page.setContent(`<style>body{margin:0}</style>${svg}`);
    writeFileSync(join(media, "icon.png"), await page.screenshot({ omitBackground: true }));
  } finally {
    await browser.close();
  }
}

void main();
