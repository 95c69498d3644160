import type { JsonObject } from "../../model";
import { Answer, type AnswerSource } from "../kit";

export const datadogAnswers: AnswerSource = {
  title: "Datadog",
  advice: "Check that site or api_url is the address of Datadog's API.",
};

/** A connection as Datadog answers it. Other fields, its dates among them, are not looked at. */
export interface ShownConnection {
  readonly id: string;
  readonly name: string;
  /** `integration`, `tags` and the rest. */
  readonly attributes: JsonObject;
}

/** Who has which relation to a connection. */
export interface Binding {
  readonly relation: string;
  readonly principals: readonly string[];
}

/** Rejects with `invalid_answer`. */
export function shownConnectionOf(body: unknown): ShownConnection {
  const data = new Answer(body, datadogAnswers).object("data");
  const attributes = data.object("attributes");
  const integration = attributes.object("integration");
  integration.text("type");
  integration.object("credentials").text("type");
  return {
    id: data.text("id"),
    name: attributes.text("name"),
    attributes: attributes.fields,
  };
}

/** Rejects with `invalid_answer`. */
export function bindingsOfPolicy(body: unknown): readonly Binding[] {
  const data = new Answer(body, datadogAnswers).object("data");
  return data
    .object("attributes")
    .list("bindings")
    .map((binding) => {
      binding.list("principals");
      return {
        relation: binding.text("relation"),
        principals: binding.texts("principals"),
      };
    });
}
