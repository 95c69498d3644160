/**
 * All that is used of the framework. Only this file imports it: a copy of these
 * constructs with another name here serves cdktn (scripts/copy-for-cdktn.ts).
 */
import "./installed-framework";

export {
  Annotations,
  App,
  dependable,
  type IResolvable,
  TerraformDataSource,
  type TerraformMetaArguments,
  TerraformProvider,
  type TerraformProviderGeneratorMetadata,
  TerraformResource,
  TerraformStack,
  TerraformVariable,
  Token,
  Tokenization,
} from "cdktf";
export { addCustomSynthesis } from "cdktf/lib/synthesize/synthesizer";
