import { App } from "cdktf";
import { DataPlatformStack } from "./data-platform-stack";

// What may differ from run to run comes from outside; what is reviewed is in the code.
const { PATCHBAY_HUB_PATH, STAGING_SCHEMA } = process.env;

const app = new App();
new DataPlatformStack(app, "data-platform", {
  hubPath: PATCHBAY_HUB_PATH,
  stagingSchema: STAGING_SCHEMA,
});
app.synth();
