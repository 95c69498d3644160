/**
 * What adapters have in common: reading answers, pages and refusals, hiding what
 * was sent in a vendor's words, and the settings that every block has. Only what
 * has at least two callers. Knows no vendor, no connection type and no plan.
 */
export { addressSetting } from "./address-setting";
export { allPages } from "./all-pages";
export { Answer, type AnswerSource } from "./answer";
export { cancelled, requireRunning } from "./cancelled";
export { exchange, isGone, unlessGone } from "./exchange";
export { foreignRefusal } from "./foreign-refusal";
export { missingCredential } from "./missing-credential";
export { ownHeaders } from "./own-headers";
export { refuse } from "./refuse";
export {
  repeatsSecret,
  vendorPhrases,
  vendorSays,
  vendorWords,
  WORDS_WITHHELD,
} from "./vendor-words";
