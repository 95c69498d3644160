/**
 * `npm run bench`: what Patchbay costs over its floor, as ratios of times that
 * are measured by turns in one run. Prints a table; exits 1 when a limit is missed.
 */
import { mkdirSync, rmSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { measureAstroLimits } from "./astro-limits";
import { type Figure, formatFigures, isMet } from "./figure";
import { measureHubReads } from "./hub-reads";
import { measurePlanAndApply } from "./plan-and-apply";
import { measureLinks } from "./links";
import { measureSmallPlan } from "./small-plan";
import { measureStart } from "./start";
import { measureSynthesis } from "./synthesis";
import { installProvider } from "./terraform-project";

const directory = join(__dirname, "../../bench.out");

async function bench(): Promise<void> {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  installProvider(directory);
  const figures: Figure[] = [];
  for (const measure of [
    measureStart,
    () => measureSmallPlan(directory),
    () => measureSynthesis(directory),
    async () => [await measureLinks(directory)],
    () => measurePlanAndApply(directory),
    async () => [await measureHubReads(directory)],
    () => measureAstroLimits(directory),
  ]) {
    const measured = await measure();
    for (const { name, value, unit, detail } of measured) {
      console.error(`${name}: ${value.toFixed(2)} ${unit} (${detail})`);
    }
    figures.push(...measured);
  }
  rmSync(directory, { recursive: true, force: true });
  const [cpu] = cpus();
  console.log(
    `${cpus().length} cores of ${cpu?.model ?? "an unknown make"}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}\n`,
  );
  console.log(formatFigures(figures));
  if (!figures.every(isMet)) process.exitCode = 1;
}

bench().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
