import type { PlatformDefinition } from "../../model";
import type { Schema } from "../wire";
import { attribute, BOOL, nestedAttribute, STRING } from "./attribute";

/** The provider block: the default owner, and one argument per platform of which at most one is given. */
export function providerSchema(
  platforms: readonly PlatformDefinition[],
): Schema {
  return {
    version: 0,
    block: {
      description:
        "Manages connections on one platform. Without a platform argument, on the embedded hub in `.patchbay`.",
      descriptionKind: "markdown",
      attributes: [
        attribute("organization", STRING, {
          kind: "optional",
          description:
            "The default owner of connections is `organization/` and this name.",
        }),
        attribute("adopt_existing", BOOL, {
          kind: "optional",
          description:
            "Take over what exists already and equals what is declared, with a warning each; declared secrets are sent to it. Without it, an apply refuses to create what exists. Default: false.",
        }),
        ...platforms.map((platform) =>
          nestedAttribute(
            platform.name,
            platform.settings.map((setting) =>
              attribute(setting.name, STRING, {
                kind: "optional",
                sensitive: setting.secret,
                description:
                  setting.environmentVariable === undefined
                    ? setting.description
                    : `${setting.description} Also from the environment variable \`${setting.environmentVariable}\`.`,
              }),
            ),
            { kind: "optional", description: platform.description },
          ),
        ),
      ],
    },
  };
}
