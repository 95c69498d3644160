/**
 * The hub needs no stand-in: it is started for real, on a server of its own. What
 * belongs here is what tests start it with, and what the conformance suite
 * expects of its adapter: hub-expectations.ts and conformance.ts.
 */
export { hubExpectations } from "./hub-expectations";
export { connect, type ServedHub, serveHub } from "./serve-hub";
