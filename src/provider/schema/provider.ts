import type { PlatformDefinition } from "../../model";
import type { Schema } from "../wire";
import { attribute, nestedAttribute, STRING } from "./attribute";

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
