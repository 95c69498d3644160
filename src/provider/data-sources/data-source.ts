import type { Diagnostic } from "../../diagnostics";
import type { ProviderContext } from "../provider-context";
import type { CtyRecord, Schema } from "../wire";

/** One kind of look-up. Reading may throw a `PatchbayError`; the caller turns it into diagnostics. */
export interface DataSource {
  readonly typeName: string;
  readonly schema: Schema;
  /** It is answered without the platform. @default it asks */
  readonly asksNobody?: boolean;
  /** Everything wrong with the arguments by themselves; parts may be unknown. @default nothing is checked */
  validate?(config: CtyRecord): readonly Diagnostic[];
  /** The arguments are known. */
  read(config: CtyRecord, context: ProviderContext): Promise<CtyRecord>;
}
